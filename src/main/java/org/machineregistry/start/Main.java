package org.machineregistry.start;

import java.util.Optional;

import org.machineregistry.connection.ConnectionGuard;
import org.machineregistry.embedded.EmbeddedDatabase;
import org.machineregistry.embedded.EmbeddedSettings;
import org.machineregistry.http.RequestGuard;

import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigUtils;

/** Starts the service, and before it a PostgreSQL where none is configured. */
@QuarkusMain
public class Main {

    public static void main(String... arguments) {
        System.setProperty(RequestGuard.TAKE_OVER_URI_CHECK, "true");
        System.setProperty(ConnectionGuard.SWITCH, ConnectionGuard.ON);
        try {
            new ServiceRun(startDatabase()).run(arguments);
        } catch (RuntimeException e) {
            StartFailure.report(e);
            System.exit(1);
        }
    }

    private static Optional<EmbeddedDatabase> startDatabase() {
        // The configuration of the class loader would be that of the run before a live reload.
        StartSettings settings = new StartSettings(ConfigUtils.configBuilder().build());
        settings.requireServiceAddresses();
        settings.requireAnonymous();
        settings.requireOrigins();
        settings.requireProvider();
        settings.requireKeyFiles();
        if (settings.hasDatabase()) {
            settings.requireKeys();
            return Optional.empty();
        }
        EmbeddedDatabase database = EmbeddedDatabase.start(settings.embeddedDataDirectory());
        EmbeddedSettings.use(settings.withoutWhatIsConfigured(database.settings()));
        return Optional.of(database);
    }
}
