package org.machineregistry.start;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import sun.misc.Signal;

/** A stop that was asked for is no failure: the exit code is 0, where Quarkus' own would be 143. */
@Singleton
class Termination {

    void onStart(@Observes StartupEvent event, LaunchMode mode) {
        if (mode == LaunchMode.NORMAL) {
            Signal.handle(new Signal("TERM"), signal -> Quarkus.asyncExit(0));
        }
    }
}
