package org.machineregistry.fuzz;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.machineregistry.attack.AttackedService;
import org.machineregistry.fault.Api;

/** Somebody who lists machines, and a machine that beats: how long they wait. */
final class HonestCaller {
    private static final int TIMES = 100;

    private final AttackedService service;

    HonestCaller(AttackedService service) {
        this.service = service;
    }

    /** Which 99 of 100 answers take no longer than, of lists or of heartbeats. */
    Duration slowest() throws Exception {
        Duration list = p99(Api.request(service.replica, "/api/machines", service.person.session).build());
        Duration heartbeat = p99(Api.post(service.replica, "/api/agent/heartbeat", service.machine.token(), null));
        return list.compareTo(heartbeat) > 0 ? list : heartbeat;
    }

    private static Duration p99(HttpRequest request) throws Exception {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            long asked = System.nanoTime();
            int status = Api.HTTP.send(request, BodyHandlers.discarding()).statusCode();
            nanos.add(System.nanoTime() - asked);
            if (status != 200) {
                throw new AssertionError(request + " is answered " + status);
            }
        }
        Collections.sort(nanos);
        return Duration.ofNanos(nanos.get(TIMES * 99 / 100));
    }
}
