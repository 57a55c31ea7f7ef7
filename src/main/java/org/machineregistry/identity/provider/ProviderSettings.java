package org.machineregistry.identity.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.machineregistry.address.ServiceAddress;

import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.OidcTenantConfigBuilder;
import io.quarkus.oidc.runtime.OidcConfig;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.providers.KnownOidcProviders;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.tls.TlsConfigurationRegistry;

/**
 * The OpenID provider as {@code quarkus.oidc.*} names it.
 *
 * <p>Reaches into Quarkus OIDC: what is configured has no public type.
 */
@Singleton
public class ProviderSettings {
    /** The address at which people sign in, and to which the provider sends them back. */
    public static final String SIGN_IN_PATH = "/api/sessions/sign-in";
    private static final String TENANT = "provider";

    private final io.quarkus.oidc.runtime.OidcTenantConfig configured;
    private final TlsConfigurationRegistry tls;
    private final ProxyConfigurationRegistry proxies;

    ProviderSettings(OidcConfig config, TlsConfigurationRegistry tls, ProxyConfigurationRegistry proxies) {
        this.tls = tls;
        this.proxies = proxies;
        configured = config.namedTenants().get(OidcConfig.DEFAULT_TENANT_KEY);
    }

    public boolean isConfigured() {
        return configured.authServerUrl().isPresent() || configured.provider().isPresent();
    }

    String clientId() {
        return configured.clientId().orElse("");
    }

    /** The same provider as an issuer of access tokens. */
    IssuerSettings asIssuer() {
        return new IssuerSettings(configured, tls, proxies);
    }

    /**
     * An issuer of access tokens alone, reached as the provider is.
     *
     * @param tlsName of the TLS settings that count for it; without one, those of the provider do
     */
    IssuerSettings issuer(String url, List<String> audiences, Optional<String> tlsName) {
        OidcTenantConfigBuilder issuer = OidcTenantConfig.builder()
                .authServerUrl(url)
                .token().issuer(url).audience(audiences).end();
        tlsName.or(() -> configured.tls().tlsConfigurationName()).ifPresent(issuer::tlsConfigurationName);
        configured.proxy().proxyConfigurationName().ifPresent(issuer::proxyConfigurationName);
        configured.proxy().host().ifPresent(host -> issuer.proxy(host, configured.proxy().port(),
                configured.proxy().username().orElse(null), configured.proxy().password().orElse(null)));
        return new IssuerSettings(issuer.build(), tls, proxies);
    }

    /** Returns the settings that {@code quarkus.oidc.provider} stands for. */
    private Optional<OidcTenantConfig> known() {
        return configured.provider().map(KnownOidcProviders::provider);
    }

    /** The settings of a sign-in that comes back to this address. */
    public OidcTenantConfig at(ServiceAddress address) {
        return OidcTenantConfig.builder(configured)
                .tenantId(TENANT)
                .enableTenant()
                .applicationType(ApplicationType.WEB_APP)
                .authentication()
                .redirectPath(address + SIGN_IN_PATH)
                .cookiePath(address.path() + SIGN_IN_PATH)
                .cookieForceSecure(address.isOverTls())
                .pkceRequired()
                .nonceRequired(hasIdToken())
                .scopes(scopes())
                .stateSecret(stateSecret())
                .restorePathAfterRedirect(true)
                .removeRedirectParameters(true)
                .end()
                .token()
                // The keys that it is about come from the provider, with a code that was asked for.
                .forcedJwkRefreshInterval(Duration.ofSeconds(1))
                .end()
                .build();
    }

    private boolean hasIdToken() {
        return configured.authentication().idTokenRequired()
                .or(() -> known().flatMap(known -> known.authentication().idTokenRequired()))
                .orElse(true);
    }

    private List<String> scopes() {
        return configured.authentication().scopes()
                .or(() -> known().flatMap(known -> known.authentication().scopes()))
                .orElse(List.of("profile"));
    }

    /** The same at each replica, and of the length that its use asks for; Quarkus OIDC would make one up for a short client secret. */
    private String stateSecret() {
        String secret = configured.authentication().stateSecret()
                .or(() -> configured.credentials().secret())
                .or(() -> configured.credentials().clientSecret().value())
                .orElseGet(this::clientId);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("state:" + secret).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
