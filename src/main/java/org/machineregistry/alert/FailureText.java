package org.machineregistry.alert;

import java.security.SignatureException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

/** Tells operators why a receiver has not taken a message: the first message of a Java exception rarely names it. */
final class FailureText {
    static final String NO_ANSWER = "it did not answer in time";

    private FailureText() {}

    static String of(Throwable failure) {
        // The exception of Vert.x extends this one, and its message names the whole address, which may be a secret.
        if (is(failure, TimeoutException.class)) {
            return NO_ANSWER;
        }
        if (is(failure, CertificateExpiredException.class)) {
            return "its certificate has expired, by the clock of this host";
        }
        if (is(failure, CertificateNotYetValidException.class)) {
            return "its certificate is not good yet, by the clock of this host";
        }
        // A stranger's certificate that has the name of a trusted authority fails by its signature.
        if (is(failure, CertPathBuilderException.class) || is(failure, SignatureException.class)) {
            return "its certificate is of an authority that is not trusted; quarkus.tls.alerts.trust-store.pem.certs can"
                    + " name one";
        }
        String words = causes(failure).map(Throwable::getMessage).filter(message -> message != null)
                .reduce((outer, inner) -> inner).orElse(failure.getClass().getSimpleName());
        return is(failure, SSLException.class) ? "no TLS with it: " + words : words;
    }

    private static boolean is(Throwable failure, Class<? extends Throwable> kind) {
        return causes(failure).anyMatch(kind::isInstance);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
