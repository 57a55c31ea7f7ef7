package org.machineregistry.identity.provider;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.machineregistry.address.ServiceAddress;

/**
 * The address at which somebody signs out at the OpenID provider, and comes back to the page from
 * (https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout).
 */
@Singleton
public class ProviderSignOut {
    private static final String PAGE = "/app";

    private final ProviderSettings settings;
    private final Issuers issuers;

    ProviderSignOut(ProviderSettings settings, Issuers issuers) {
        this.settings = settings;
        this.issuers = issuers;
    }

    /** The place where a browser signs out at the provider; empty where it has none, or was never reached. */
    public Optional<String> at(ServiceAddress address) {
        return issuers.endSession().map(endpoint -> endpoint + (endpoint.contains("?") ? "&" : "?")
                + "client_id=" + encode(settings.clientId())
                + "&post_logout_redirect_uri=" + encode(address + PAGE));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
