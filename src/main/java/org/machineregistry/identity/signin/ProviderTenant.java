package org.machineregistry.identity.signin;

import jakarta.inject.Singleton;

import org.machineregistry.address.ServiceAddresses;
import org.machineregistry.identity.provider.ProviderSettings;

import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Lets Quarkus OIDC see those requests alone that {@link SignInFilter} hands to it: all others are none of its business. */
@Singleton
class ProviderTenant implements TenantConfigResolver {
    private static final String OPEN = ProviderTenant.class.getName();
    /** Keeps Quarkus OIDC from whatever is no sign-in. */
    private static final OidcTenantConfig OFF = OidcTenantConfig.builder().tenantId("off").disableTenant().build();
    private static final Uni<OidcTenantConfig> ANSWER_OFF = Uni.createFrom().item(OFF);

    private final ProviderSettings settings;
    private final ServiceAddresses addresses;

    ProviderTenant(ProviderSettings settings, ServiceAddresses addresses) {
        this.settings = settings;
        this.addresses = addresses;
    }

    static void open(RoutingContext context) {
        context.put(OPEN, Boolean.TRUE);
    }

    /** A request after the sign-in would else begin it anew. */
    static void close(RoutingContext context) {
        context.remove(OPEN);
        context.put(OidcTenantConfig.class.getName(), OFF);
    }

    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext context, OidcRequestContext<OidcTenantConfig> request) {
        return context.get(OPEN) == null
                ? ANSWER_OFF
                : Uni.createFrom().item(settings.at(addresses.of(context)));
    }
}
