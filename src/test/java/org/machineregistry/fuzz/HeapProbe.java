package org.machineregistry.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.machineregistry.attack.AttackedService;
import org.machineregistry.fault.Api;

/** How much memory the service keeps: what is left of its heap once the garbage is collected, by its own metrics. */
final class HeapProbe {
    private static final String USED = "jvm_memory_used_bytes{area=\"heap\"";
    private static final int SAMPLES = 30;
    private static final int PATIENCE_SECONDS = 120;
    private static final long MEBIBYTE = 1 << 20;

    private final AttackedService service;

    HeapProbe(AttackedService service) {
        this.service = service;
    }

    /** Whether two looks can be compared: an executable collects when it likes, and what it keeps is bounded by its heap alone. */
    boolean isExact() {
        return System.getProperty("native.image.path") == null;
    }

    /** In MiB. The executable takes no order to collect: there it is the least of many looks, between which it has work. */
    double kept() {
        if (isExact()) {
            collect();
            return used() / (double) MEBIBYTE;
        }
        return LongStream.range(0, SAMPLES).map(i -> usedAfterWork()).min().orElseThrow() / (double) MEBIBYTE;
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
