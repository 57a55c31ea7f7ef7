package org.machineregistry.identity;

import java.util.Map;

import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import io.quarkus.info.runtime.spi.InfoContributor;

/** Says at {@code /q/info} whether people can sign in, for the page, which leads those there who are here without an account. */
@Singleton
@Unremovable
class SignInInfo implements InfoContributor {
    private final ProviderSettings provider;

    SignInInfo(ProviderSettings provider) {
        this.provider = provider;
    }

    @Override
    public String name() {
        return "signIn";
    }

    @Override
    public Map<String, Object> data() {
        return Map.of("configured", provider.isConfigured());
    }
}
