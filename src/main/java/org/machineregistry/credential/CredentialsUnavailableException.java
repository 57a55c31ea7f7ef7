package org.machineregistry.credential;

/** Whether a token is good cannot be told now, because the database cannot be reached. */
public final class CredentialsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CredentialsUnavailableException(Throwable cause) {
        super(cause);
    }
}
