package org.machineregistry.machine;

/** There are as many machines as there may be; the message says whose. */
class QuotaExceededException extends RuntimeException {
    private QuotaExceededException(String message) {
        super(message);
    }

    static QuotaExceededException ofOwner(long quota) {
        return new QuotaExceededException(
                "There are " + quota
                        + " machines of this owner already, which is as many as an owner may have. Delete one first.");
    }

    static QuotaExceededException ofNetwork() {
        return new QuotaExceededException(
                "As many machines were registered from your network in this day, by people without an"
                        + " account, as may be. Come back tomorrow.");
    }

    static QuotaExceededException ofAnonymous(long quota) {
        return new QuotaExceededException("People without an account have " + quota
                + " machines here, which is as many as all of them together may have. Whoever runs the service can raise"
                + " machines.anonymous-quota.");
    }
}
