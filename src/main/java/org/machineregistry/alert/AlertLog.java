package org.machineregistry.alert;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Tells operators of alerts: it counts, and logs one line when they do not arrive any more, and one when they do again. */
@ApplicationScoped
class AlertLog {
    private static final Logger LOG = Logger.getLogger(AlertLog.class);

    private final Counter sent;
    private final Counter failed;
    private final Counter machines;
    private boolean lookFailed;

    AlertLog(MeterRegistry metrics) {
        sent = Counter.builder("alerts.messages").description("Alert messages that this replica tried to send")
                .tag("outcome", "sent").register(metrics);
        failed = Counter.builder("alerts.messages").description("Alert messages that this replica tried to send")
                .tag("outcome", "failed").register(metrics);
        machines = Counter.builder("alerts.machines").description("Machines that alerts of this replica told of")
                .register(metrics);
    }

    /** @param failures how many tries failed before, at whichever replica */
    void sent(String receiver, int told, int failures) {
        sent.increment();
        machines.increment(told);
        if (failures > 0) {
            LOG.infof("Alerts arrive at %s again", receiver);
        }
    }

    /** @param failures how many tries failed before, at whichever replica */
    void failed(String receiver, String reason, int failures) {
        failed.increment();
        if (failures == 0) {
            LOG.warnf("Alerts do not arrive at %s: %s. They are tried again until they do", receiver, reason);
        }
    }

    void looked() {
        lookFailed = false;
    }

    /** While the database is away, presence says so. */
    void lookFailed(Throwable failure) {
        if (!lookFailed) {
            lookFailed = true;
            LOG.warnf("Alerts cannot be looked for: %s", failure);
        }
    }
}
