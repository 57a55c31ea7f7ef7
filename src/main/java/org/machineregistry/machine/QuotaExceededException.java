package org.machineregistry.machine;

/** The owner has as many machines as one may have. */
class QuotaExceededException extends RuntimeException {
    QuotaExceededException(long quota) {
        super("You have " + quota + " machines already, which is as many as one may have. Delete one first.");
    }
}
