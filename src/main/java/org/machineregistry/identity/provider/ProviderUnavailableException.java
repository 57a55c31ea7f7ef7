package org.machineregistry.identity.provider;

/** The OpenID provider does not answer, or with what is none of its documents. */
public class ProviderUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProviderUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
