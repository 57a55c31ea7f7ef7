package org.machineregistry.fuzz;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.machineregistry.attack.AttackedService;
import org.machineregistry.fault.Api;

/** How much memory the service keeps: what is left of its heap once the garbage is collected, by its own metrics. */
final class HeapProbe {
    private static final String USED = "jvm_memory_used_bytes{area=\"heap\"";
    private static final int SAMPLES = 30;
    private static final int PATIENCE_SECONDS = 120;
    private static final long MEBIBYTE = 1 << 20;

    /** Connections to the database come and go, too. */
    private static final int FEW = 50;

    private final AttackedService service;
    private final long filesWithoutClients;

    HeapProbe(AttackedService service) throws IOException {
        this.service = service;
        this.filesWithoutClients = openFiles();
    }

    /** Whether two looks can be compared: an executable collects when it likes, and what it keeps is bounded by its heap alone. */
    boolean isExact() {
        return System.getProperty("native.image.path") == null;
    }

    /** In MiB. The executable takes no order to collect: there it is the least of many looks, between which it has work. */
    double kept() {
        if (isExact()) {
            awaitNoClients();
            collect();
            return used() / (double) MEBIBYTE;
        }
        return LongStream.range(0, SAMPLES).map(i -> usedAfterWork()).min().orElseThrow() / (double) MEBIBYTE;
    }

    /** A connection that its client has left is heap until the service has seen that, and on a busy machine there are a thousand. */
    private void awaitNoClients() {
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(() -> openFiles() <= filesWithoutClients + FEW);
    }

    private long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc", String.valueOf(service.replica.pid()), "fd"))) {
            return files.count();
        }
    }

    private long usedAfterWork() {
        for (int i = 0; i < SAMPLES; i++) {
            Api.send(Api.request(service.replica, "/api/machines", service.person.session).build());
        }
        return used();
    }

    private long used() {
        return Api.send(Api.request(service.replica, "/q/metrics", null).build()).body().lines()
                .filter(line -> line.startsWith(USED))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private void collect() {
        Path java = Path.of(ProcessHandle.current().info().command().orElseThrow());
        try {
            Process order = new ProcessBuilder(java.resolveSibling("jcmd").toString(),
                    String.valueOf(service.replica.pid()), "GC.run").redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (!order.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("jcmd does not end");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
