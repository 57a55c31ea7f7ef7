package org.machineregistry.start;

import java.util.Optional;

import org.machineregistry.embedded.EmbeddedDatabase;

import io.quarkus.runtime.Application;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;

/** One run of the service, from its start to its end, which its own database outlasts. */
class ServiceRun {

    private final Optional<EmbeddedDatabase> database;
    private final Thread shutdownHook = new Thread(this::closeAfterService, "embedded-postgresql-shutdown");

    ServiceRun(Optional<EmbeddedDatabase> database) {
        this.database = database;
    }

    void run(String... arguments) {
        Runtime.getRuntime().addShutdownHook(shutdownHook);
        StartFailure.dropEarlyLog();
        Quarkus.run(null, this::end, arguments);
    }

    private void end(int exitCode, Throwable failure) {
        database.ifPresent(EmbeddedDatabase::close);
        if (failure != null) {
            StartFailure.report(failure);
        }
        if (!ApplicationLifecycleManager.isVmShuttingDown()) {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        }
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(exitCode, failure);
    }

    // Shutdown hooks run side by side, and the service needs its database to the end.
    private void closeAfterService() {
        Application service = Application.currentApplication();
        if (service != null) {
            service.awaitShutdown();
        }
        database.ifPresent(EmbeddedDatabase::close);
    }
}
