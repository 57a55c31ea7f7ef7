package org.machineregistry.alert;

import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.TrustOptions;

/** The stores of {@code quarkus.tls.alerts}: whom a receiver is trusted by, and what is shown to it; else those of Java, and nothing. */
final class AlertTls {
    private static final String NAME = "alerts";

    private AlertTls() {}

    static HttpClientOptions options(TlsConfigurationRegistry configurations) {
        HttpClientOptions options = new HttpClientOptions();
        configurations.get(NAME).ifPresent(tls -> configure(options, tls));
        return options;
    }

    private static void configure(HttpClientOptions options, TlsConfiguration tls) {
        if (tls.getKeyStoreOptions() != null) {
            options.setKeyCertOptions(tls.getKeyStoreOptions());
        }
        if (tls.getTrustStore() != null) {
            options.setTrustOptions(TrustOptions.wrap(trusting(tls.getTrustStore())));
        }
    }

    // The trust manager of Quarkus logs a stack trace at each try where a receiver's certificate has expired.
    private static TrustManager trusting(KeyStore authorities) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(authorities);
            return factory.getTrustManagers()[0];
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java takes authorities from a store", impossible);
        }
    }
}
