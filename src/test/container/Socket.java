import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Socket PORT TOKEN: connects as a machine, says "open", and then with which code the service closed it. */
class Socket {
    public static void main(String[] arguments) {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                System.out.println("open");
                socket.request(1);
                return null;
            }

            @Override
            public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                closed.complete(code);
                return null;
            }

            @Override
            public void onError(WebSocket socket, Throwable failure) {
                closed.completeExceptionally(failure);
            }
        };
        HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + arguments[1])
                .buildAsync(URI.create("ws://127.0.0.1:" + arguments[0] + "/api/agent/socket"), listener)
                .join()
                .sendText("{\"type\":\"connect\"}", true)
                .join();
        System.out.println(closed.join());
    }
}
