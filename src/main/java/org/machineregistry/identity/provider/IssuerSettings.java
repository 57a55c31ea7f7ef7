package org.machineregistry.identity.provider;

import java.util.List;
import java.util.Optional;

import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.common.runtime.OidcCommonUtils;
import io.quarkus.oidc.common.runtime.OidcTlsSupport;
import io.quarkus.oidc.runtime.providers.KnownOidcProviders;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.ext.web.client.WebClientOptions;

/**
 * The settings of an issuer of access tokens: where it publishes its keys, and what its tokens must say.
 *
 * <p>Reaches into Quarkus OIDC: what is configured has no public type.
 */
class IssuerSettings {
    private final io.quarkus.oidc.runtime.OidcTenantConfig configured;
    private final TlsConfigurationRegistry tls;
    private final ProxyConfigurationRegistry proxies;

    IssuerSettings(io.quarkus.oidc.runtime.OidcTenantConfig configured, TlsConfigurationRegistry tls,
            ProxyConfigurationRegistry proxies) {
        this.configured = configured;
        this.tls = tls;
        this.proxies = proxies;
    }

    /** The audiences of access tokens that are for this service. */
    List<String> audiences() {
        return configured.token().audience().orElseGet(() -> configured.clientId().stream().toList());
    }

    String serverUrl() {
        return configured.authServerUrl().or(() -> known().flatMap(OidcTenantConfig::authServerUrl)).orElse("")
                .replaceFirst("/+$", "");
    }

    /** Whether the provider itself says where its endpoints are. */
    boolean isDiscovered() {
        return configured.discoveryEnabled().or(() -> known().flatMap(OidcTenantConfig::discoveryEnabled)).orElse(true);
    }

    /** The issuer that is configured, which counts more than the one that the provider names. */
    Optional<String> issuer() {
        return configured.token().issuer();
    }

    Optional<String> keysUrl() {
        return configured.jwksPath().map(this::url);
    }

    Optional<String> endSessionUrl() {
        return configured.endSessionPath().map(this::url);
    }

    private String url(String path) {
        return OidcCommonUtils.getOidcEndpointUrl(serverUrl(), Optional.of(path));
    }

    /** The options of a client with the certificates, proxies and timeouts that count for the sign-in. */
    WebClientOptions clientOptions() {
        WebClientOptions options = new WebClientOptions();
        OidcCommonUtils.setHttpClientOptions(configured, options, OidcTlsSupport.of(tls).forConfig(configured.tls()),
                proxies);
        return options;
    }

    /** The settings that {@code quarkus.oidc.provider} stands for. */
    private Optional<OidcTenantConfig> known() {
        return configured.provider().map(KnownOidcProviders::provider);
    }
}
