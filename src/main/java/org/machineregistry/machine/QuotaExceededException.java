package org.machineregistry.machine;

/** There is no room for the machines that somebody wants to register. The message says what is full and what can be done. */
public class QuotaExceededException extends RuntimeException {
    private QuotaExceededException(String message) {
        super(message);
    }

    public static QuotaExceededException ofOwner(long quota) {
        return new QuotaExceededException("An owner may have " + quota
                + " machines, and this would be more. Register fewer, or delete some first.");
    }

    public static QuotaExceededException ofNetwork() {
        return new QuotaExceededException(
                "As many machines were registered from your network in this day, by people without an"
                        + " account, as may be. Come back tomorrow.");
    }

    public static QuotaExceededException ofAnonymous(long quota) {
        return new QuotaExceededException("People without an account may have " + quota
                + " machines here, all of them together, and this would be more. Whoever runs the service can raise"
                + " machines.anonymous-quota.");
    }
}
