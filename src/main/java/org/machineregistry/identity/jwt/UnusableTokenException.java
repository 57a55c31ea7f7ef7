package org.machineregistry.identity.jwt;

/** Somebody presents what is no JWT that the service signed for this purpose, or one whose time is over. */
public class UnusableTokenException extends Exception {
    private final boolean expired;

    private UnusableTokenException(boolean expired, Throwable cause) {
        super(cause);
        this.expired = expired;
    }

    static UnusableTokenException foreign(Throwable cause) {
        return new UnusableTokenException(false, cause);
    }

    static UnusableTokenException expired(Throwable cause) {
        return new UnusableTokenException(true, cause);
    }

    /** Says whether the service signed the token, and its time alone is over. */
    public boolean hasExpired() {
        return expired;
    }
}
