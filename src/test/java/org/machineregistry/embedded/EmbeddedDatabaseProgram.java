package org.machineregistry.embedded;

import java.nio.file.Path;

/** Runs an embedded database and nothing else, to be killed. */
class EmbeddedDatabaseProgram {

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]));
        Runtime.getRuntime().addShutdownHook(new Thread(database::close));
        System.out.println("running with " + database.settings().get("quarkus.datasource.jdbc.url"));
        Thread.currentThread().join();
    }
}
