package org.machineregistry.identity;

/** The OpenID provider does not answer, or with what is none of its documents. */
class ProviderUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProviderUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
