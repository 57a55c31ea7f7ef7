package org.machineregistry.identity.signin;

import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.arc.Unremovable;
import io.quarkus.info.runtime.spi.InfoContributor;

/** Says at {@code /q/info} whether people can sign in, for the page, which leads those there who are here without an account. */
@Singleton
@Unremovable
class SignInInfo implements InfoContributor {
    private final boolean configured;

    // It does not ask ProviderSettings, which would read TLS settings: Quarkus makes this before it has them.
    SignInInfo(@ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> url,
            @ConfigProperty(name = "quarkus.oidc.provider") Optional<String> provider) {
        this.configured = url.isPresent() || provider.isPresent();
    }

    @Override
    public String name() {
        return "signIn";
    }

    @Override
    public Map<String, Object> data() {
        return Map.of("configured", configured);
    }
}
