package org.machineregistry.identity.provider;

import static jakarta.interceptor.Interceptor.Priority.LIBRARY_BEFORE;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.timer.Timers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/**
 * All whose access tokens are taken: the provider that people sign in with, and those of {@link IssuersConfig}. Each has keys of its own,
 * which are read beside those of the others, so that one that is down is nobody else's trouble.
 */
@ApplicationScoped
public class Issuers {
    private static final String SETTING = "issuers.";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,20}");
    private static final Pattern URL = Pattern.compile("https?://[^/?#\\s]+(/[^?#\\s]*)?");
    private static final String NO_SIGN_IN = "nobody can sign in with it";
    private static final String NO_NEW_KEYS = "its access tokens are checked with the keys that were read before";

    private final Issuer provider;
    private final List<Issuer> all;

    Issuers(ProviderSettings settings, IssuersConfig config, Timers timers, Vertx vertx, MeterRegistry metrics) {
        Counter failures = Counter.builder("provider.failures")
                .description("Times that an OpenID provider did not answer as one does")
                .register(metrics);
        IssuerSettings signIn = settings.asIssuer();
        provider = new Issuer("", signIn, new ProviderKeys(signIn, NO_SIGN_IN, timers, vertx, failures));
        List<Issuer> issuers = new ArrayList<>();
        config.all().forEach((name, issuer) -> {
            IssuerSettings further = settings.issuer(issuer.url(), issuer.audience(), issuer.tlsConfigurationName());
            issuers.add(new Issuer(name, further, new ProviderKeys(further, NO_NEW_KEYS, timers, vertx, failures)));
        });
        if (settings.isConfigured()) {
            // Last, because all that nobody else signs may be its own while it was never heard.
            issuers.add(provider);
        }
        all = List.copyOf(issuers);
    }

    // Before threads start, which a start that fails here would leave behind.
    static void require(@Observes @Priority(LIBRARY_BEFORE) StartupEvent event, IssuersConfig config,
            ProviderSettings provider, TlsConfigurationRegistry tls) {
        Set<String> urls = new HashSet<>();
        if (provider.isConfigured()) {
            // Its people are the same ones with a bearer token as on the page.
            IssuerSettings signIn = provider.asIssuer();
            urls.add(signIn.serverUrl());
            signIn.issuer().map(Issuers::withoutSlash).ifPresent(urls::add);
        }
        config.all().forEach((name, issuer) -> {
            if (!NAME.matcher(name).matches()) {
                throw new ConfigurationException(SETTING + name + ": the name must be of 1 to 20 of a-z and 0-9");
            }
            if (!URL.matcher(issuer.url()).matches() || !urls.add(withoutSlash(issuer.url()))) {
                throw new ConfigurationException(SETTING + name + ".url must be the address of an issuer, such as"
                        + " https://id.example.org/realms/ci, and of no other one's");
            }
            issuer.tlsConfigurationName().filter(tlsName -> tls.get(tlsName).isEmpty()).ifPresent(tlsName -> {
                throw new ConfigurationException(
                        SETTING + name + ".tls-configuration-name: there is no quarkus.tls." + tlsName);
            });
        });
    }

    private static String withoutSlash(String url) {
        return url.replaceFirst("/+$", "");
    }

    void start(@Observes StartupEvent event) {
        all.forEach(issuer -> issuer.keys().readInBackground());
    }

    /** Asks the provider that people sign in with for what it publishes. Fails with {@link ProviderUnavailableException}. */
    public Uni<Void> reachSignIn() {
        return provider.keys().fresh().replaceWithVoid();
    }

    /** Where a browser signs out at that provider, as far as it is known. */
    Optional<String> endSession() {
        return provider.keys().endSession();
    }

    /** Whose token it is that names this issuer; empty where no tokens of that one are taken. */
    Optional<Issuer> named(String issuer) {
        return all.stream().filter(one -> one.isNamed(issuer)).findFirst();
    }
}
