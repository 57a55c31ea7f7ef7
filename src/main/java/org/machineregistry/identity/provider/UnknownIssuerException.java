package org.machineregistry.identity.provider;

import io.quarkus.security.AuthenticationFailedException;

/** A token names an issuer whose tokens are not taken. */
public class UnknownIssuerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UnknownIssuerException(String issuer) {
        super("its issuer " + issuer + " is not configured");
    }

    /** Wraps it in what Quarkus' security knows, of which nothing can be derived. */
    static AuthenticationFailedException failure(String issuer) {
        UnknownIssuerException unknown = new UnknownIssuerException(issuer);
        return new AuthenticationFailedException(unknown.getMessage(), unknown);
    }

    public static boolean isCauseOf(Throwable failure) {
        return failure.getCause() instanceof UnknownIssuerException;
    }
}
