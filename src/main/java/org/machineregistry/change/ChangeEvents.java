package org.machineregistry.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

import org.postgresql.PGNotification;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Fires what was announced as events, those that arrived together as one. Of the listener's thread alone. */
@ApplicationScoped
class ChangeEvents {
    private final Event<Changes> changes;
    private final Event<Resync> resyncs;
    private final Event<Signal> signals;
    private final Timer lag;

    ChangeEvents(Event<Changes> changes, Event<Resync> resyncs, Event<Signal> signals,
            MeterRegistry metrics) {
        this.changes = changes;
        this.resyncs = resyncs;
        this.signals = signals;
        this.lag = Timer.builder("change.notification.lag")
                .description("From the announcement of a change to its arrival")
                .publishPercentiles(0.5, 0.99).register(metrics);
    }

    void fire(List<PGNotification> announcements) {
        List<Change> all = new ArrayList<>();
        boolean resync = false;
        boolean missed = false;
        for (PGNotification announcement : announcements) {
            Optional<ChangeCodec.Said> said = ChangeCodec.decode(announcement.getParameter());
            said.ifPresent(this::record);
            said.map(ChangeCodec.Said::changes).ifPresent(all::addAll);
            resync |= said.filter(understood -> understood.changes().isEmpty()).isPresent();
            missed |= said.isEmpty();
        }
        if (!all.isEmpty()) {
            changes.fire(new Changes(all));
        }
        if (resync || missed) {
            resyncs.fire(new Resync(missed));
        }
    }

    /** One that this version does not understand means nothing. */
    void fireSignal(String payload) {
        Signal.decode(payload).ifPresent(signals::fire);
    }

    /** Announcements may have been missed. */
    void fireMissed() {
        resyncs.fire(new Resync(true));
    }

    private void record(ChangeCodec.Said said) {
        // Two clocks tell it: the difference between two hosts is in it.
        lag.record(Math.max(0, System.currentTimeMillis() - said.at()), TimeUnit.MILLISECONDS);
    }
}
