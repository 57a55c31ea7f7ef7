import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Start PORT JWT LOG COMMAND...: starts the service and asks it all the time, from one process that is there already. Prints its
 * process id, the milliseconds from before its start until it is ready and until it has answered a list, and how many of processor time it
 * had taken when it was ready.
 */
class Start {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NANOS = 500_000;

    public static void main(String[] arguments) throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), Integer.parseInt(arguments[0]));
        byte[] ready = request("/q/health/ready", arguments[1]);
        byte[] list = request("/api/machines", arguments[1]);
        List<String> command = Arrays.asList(arguments).subList(3, arguments.length);
        // What starts and asks is warm before it counts.
        new ProcessBuilder("true").start().waitFor();
        for (int i = 0; i < 2_000; i++) {
            isAnswered(address, ready);
        }

        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(new File(arguments[2])).start();
        long readyAt = await(process, address, ready, start);
        long computed = process.info().totalCpuDuration().orElseThrow().toMillis();
        long listAt = await(process, address, list, start);
        System.out.printf("%d %.0f %.0f %d%n", process.pid(), (readyAt - start) / 1e6, (listAt - start) / 1e6, computed);
    }

    private static byte[] request(String path, String jwt) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + jwt + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static long await(Process process, InetSocketAddress address, byte[] request, long start) {
        while (!isAnswered(address, request)) {
            if (!process.isAlive() || System.nanoTime() - start > LONGEST_NANOS) {
                process.destroy();
                throw new IllegalStateException("the service did not start");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return System.nanoTime();
    }

    private static boolean isAnswered(InetSocketAddress address, byte[] request) {
        try (Socket socket = new Socket()) {
            socket.connect(address, 1_000);
            socket.getOutputStream().write(request);
            InputStream answer = socket.getInputStream();
            byte[] status = answer.readNBytes("HTTP/1.1 200".length());
            return new String(status, StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (IOException notYet) {
            return false;
        }
    }
}
