package org.machineregistry.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctetKeyPairJsonWebKey;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.machineregistry.TestDatabase;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * What an OpenID provider publishes, of keys of each kind. It answers what is asked first with a page. Beside it are two further issuers of
 * access tokens, of which one cannot be reached.
 */
public class StandInProvider extends TestDatabase {
    /** The setting with its keys, the private ones too. */
    static final String KEYS = "test.provider-keys";
    static final String URL = "quarkus.oidc.auth-server-url";
    static final String CLIENT = "machine-registry";

    /** Another issuer of access tokens, whose keys have the same ids. */
    static final String FURTHER_KEYS = "test.further-keys";
    static final String FURTHER_URL = "issuers.ci.url";
    static final String FURTHER_AUDIENCE = "machine-registry-ci";
    /** One that cannot be reached. */
    static final String AWAY_URL = "issuers.away.url";

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private HttpServer further;

    @Override
    public Map<String, String> start() {
        try {
            JsonWebKeySet keys = keys();
            server = publish(keys,
                    url -> asked.getAndIncrement() == 0 ? "<html>We are back soon</html>" : discovery(url));
            JsonWebKeySet furtherKeys = keys();
            further = publish(furtherKeys, StandInProvider::discovery);
            Map<String, String> settings = new HashMap<>(super.start());
            settings.put(URL, url(server));
            settings.put("quarkus.oidc.client-id", CLIENT);
            settings.put("quarkus.oidc.credentials.secret", "secret");
            settings.put(KEYS, keys.toJson(OutputControlLevel.INCLUDE_PRIVATE));
            settings.put(FURTHER_URL, url(further));
            settings.put("issuers.ci.audience", "elsewhere," + FURTHER_AUDIENCE);
            settings.put(FURTHER_KEYS, furtherKeys.toJson(OutputControlLevel.INCLUDE_PRIVATE));
            settings.put(AWAY_URL, "http://127.0.0.1:9");
            settings.put("issuers.away.audience", CLIENT);
            return settings;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (JoseException none) {
            throw new IllegalStateException(none);
        }
    }

    @Override
    public void stop() {
        server.stop(0);
        further.stop(0);
        super.stop();
    }

    private static JsonWebKeySet keys() throws JoseException {
        return new JsonWebKeySet(List.of(named("rsa", RsaJwkGenerator.generateJwk(2048)),
                named("ec", EcJwkGenerator.generateJwk(EllipticCurves.P256)),
                named("okp", OkpJwkGenerator.generateJwk(OctetKeyPairJsonWebKey.SUBTYPE_ED25519))));
    }

    /** @param discovered what is answered at an address where somebody looks for who it is */
    private static HttpServer publish(JsonWebKeySet keys, UnaryOperator<String> discovered) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration",
                exchange -> answer(exchange, discovered.apply(url(server))));
        server.createContext("/keys",
                exchange -> answer(exchange, keys.toJson(OutputControlLevel.PUBLIC_ONLY)));
        server.start();
        return server;
    }

    private static String discovery(String url) {
        return "{\"issuer\": \"" + url + "\", \"jwks_uri\": \"" + url + "/keys\"}";
    }

    private static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static PublicJsonWebKey named(String id, PublicJsonWebKey key) {
        key.setKeyId(id);
        return key;
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
