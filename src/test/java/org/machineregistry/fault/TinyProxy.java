package org.machineregistry.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

import org.awaitility.Awaitility;
import org.machineregistry.Ports;

/** A tinyproxy, as it stands between a company and the world. */
final class TinyProxy implements AutoCloseable {
    private final int port = Ports.free();
    private final Process process;

    /** @param more lines of its configuration */
    TinyProxy(Path directory, String more) throws IOException {
        Path configuration = Files.writeString(directory.resolve("tinyproxy.conf"), """
                Port %d
                Listen 127.0.0.1
                MaxClients 20
                Timeout 60
                Allow 127.0.0.1
                %s
                """.formatted(port, more));
        process = new ProcessBuilder("tinyproxy", "-d", "-c", configuration.toString()).redirectErrorStream(true)
                .redirectOutput(directory.resolve("tinyproxy.log").toFile())
                .start();
        Awaitility.await().atMost(Api.PATIENCE).until(this::accepts);
    }

    static boolean isInstalled() {
        return NotedPrograms.isInstalled("tinyproxy");
    }

    String address() {
        return address("");
    }

    /** @param user such as {@code name:password@} */
    String address(String user) {
        return "http://" + user + "127.0.0.1:" + port;
    }

    private boolean accepts() {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
