import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpServer;

/** A receiver of alerts, at the port of 127.0.0.1 that its argument names: prints each message on a line of its own. */
class Receiver {
    public static void main(String[] args) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 0);
        server.createContext("/", exchange -> {
            System.out.println(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            System.out.flush();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        System.out.println("ready");
        System.out.flush();
    }
}
