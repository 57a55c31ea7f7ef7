package org.machineregistry.identity.provider;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;

/** Reads what one OpenID provider publishes of itself: who it is, and the keys that it signs with. */
class ProviderDocuments {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int OK = 200;
    // https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationRequest
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    /**
     * The part of them that is needed.
     *
     * @param issuer null where the provider has none, and no tokens that can be checked
     * @param endSession where a browser signs out at the provider
     */
    record Known(String issuer, Optional<String> endSession, List<JsonWebKey> keys) {}

    private final IssuerSettings settings;
    private final Vertx vertx;
    private WebClient client;

    ProviderDocuments(IssuerSettings settings, Vertx vertx) {
        this.settings = settings;
        this.vertx = vertx;
    }

    /** Fails with {@link ProviderUnavailableException}; takes a few seconds at most, and no thread. */
    Uni<Known> read() {
        return Uni.createFrom().deferred(() -> settings.isDiscovered()
                ? get(settings.serverUrl() + DISCOVERY).chain(this::keys)
                : keys(new JsonObject()))
                .ifNoItem().after(LONGEST).fail()
                .onFailure().transform(ProviderDocuments::unavailable);
    }

    private Uni<Known> keys(JsonObject discovered) {
        String issuer = settings.issuer().orElse(discovered.getString("issuer"));
        Optional<String> endSession = settings.endSessionUrl()
                .or(() -> Optional.ofNullable(discovered.getString("end_session_endpoint")));
        return settings.keysUrl().or(() -> Optional.ofNullable(discovered.getString("jwks_uri")))
                .map(uri -> get(uri).map(ProviderDocuments::keySet))
                .orElse(Uni.createFrom().item(List.of()))
                .map(keys -> new Known(issuer, endSession, keys));
    }

    private static List<JsonWebKey> keySet(JsonObject document) {
        try {
            return List.copyOf(new JsonWebKeySet(document.encode()).getJsonWebKeys());
        } catch (JoseException none) {
            throw new DecodeException("The provider's keys cannot be read", none);
        }
    }

    private Uni<JsonObject> get(String uri) {
        // A request that nobody waits for any more would keep one of the client's few connections.
        return Uni.createFrom()
                .completionStage(() -> client().getAbs(uri).timeout(LONGEST.toMillis()).send().toCompletionStage())
                .map(answer -> document(answer, uri));
    }

    private static JsonObject document(HttpResponse<Buffer> answer, String uri) {
        if (answer.statusCode() != OK) {
            throw new DecodeException(uri + " answers with " + answer.statusCode());
        }
        return answer.bodyAsJsonObject();
    }

    private synchronized WebClient client() {
        if (client == null) {
            // A firewall between here and the provider may drop a connection that is idle for minutes, and say nothing.
            client = WebClient.create(vertx, settings.clientOptions().setKeepAlive(false));
        }
        return client;
    }

    private static Throwable unavailable(Throwable failure) {
        String reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return new ProviderUnavailableException(reason, failure);
    }
}
