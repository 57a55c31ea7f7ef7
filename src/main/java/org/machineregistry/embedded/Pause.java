package org.machineregistry.embedded;

final class Pause {

    private Pause() {}

    static void milliseconds(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedDatabaseException("The service was stopped while it waited for the embedded PostgreSQL",
                    e);
        }
    }
}
