package org.machineregistry.nativeimage;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Map;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.CipherSuiteFilter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextOption;
import io.netty.handler.ssl.SslProvider;

/**
 * Keeps Netty's OpenSSL, which is not there, out of a native executable. Quarkus does that for the method that made contexts of
 * clients before Netty 4.1.136, and not for the one that knows {@code startTls}.
 *
 * <p>Reaches into Netty's SslContext by a substitution.
 */
// Works around quarkusio/quarkus#55626 (3.33.2 with Netty 4.1.136 or newer; mended in 3.33.3.1): the native build fails without it.
@TargetClass(SslContext.class)
final class JdkSslContexts {
    private JdkSslContexts() {}

    @Substitute
    static SslContext newClientContextInternal(SslProvider provider, Provider sslContextProvider,
            X509Certificate[] trustCert, TrustManagerFactory trustManagerFactory, X509Certificate[] keyCertChain,
            PrivateKey key, String keyPassword, KeyManagerFactory keyManagerFactory, Iterable<String> ciphers,
            CipherSuiteFilter cipherFilter, ApplicationProtocolConfig apn, String[] protocols, long sessionCacheSize,
            long sessionTimeout, boolean startTls, boolean enableOcsp, SecureRandom secureRandom, String keyStoreType,
            String endpointIdentificationAlgorithm, Map.Entry<SslContextOption<?>, Object>... options)
            throws SSLException {
        if (enableOcsp) {
            throw new IllegalArgumentException("OCSP stapling needs OpenSSL");
        }
        return (SslContext) (Object) new ClientContext(sslContextProvider, trustCert, trustManagerFactory, keyCertChain,
                key, keyPassword, keyManagerFactory, ciphers, cipherFilter, apn, protocols, sessionCacheSize,
                sessionTimeout, secureRandom, keyStoreType, endpointIdentificationAlgorithm, new Resumption());
    }

    @TargetClass(className = "io.netty.handler.ssl.JdkSslClientContext")
    static final class ClientContext {
        @Alias
        ClientContext(Provider sslContextProvider, X509Certificate[] trustCert,
                TrustManagerFactory trustManagerFactory,
                X509Certificate[] keyCertChain, PrivateKey key, String keyPassword, KeyManagerFactory keyManagerFactory,
                Iterable<String> ciphers, CipherSuiteFilter cipherFilter, ApplicationProtocolConfig apn,
                String[] protocols, long sessionCacheSize, long sessionTimeout, SecureRandom secureRandom,
                String keyStoreType, String endpointIdentificationAlgorithm, Resumption resumption)
                throws SSLException {}
    }

    @TargetClass(className = "io.netty.handler.ssl.ResumptionController")
    static final class Resumption {
        @Alias
        Resumption() {}
    }
}
