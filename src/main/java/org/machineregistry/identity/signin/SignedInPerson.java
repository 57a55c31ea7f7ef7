package org.machineregistry.identity.signin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.jwt.JsonWebToken;

import io.quarkus.oidc.AuthenticationCompletionAction;
import io.quarkus.oidc.UserInfo;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Takes down whom the provider has sent back, once Quarkus OIDC has found code, nonce and ID token good. */
@Singleton
class SignedInPerson implements AuthenticationCompletionAction {
    // Quarkus OIDC's name of the attribute.
    private static final String USER_INFO = "userinfo";
    private static final String CLAIMS = SignedInPerson.class.getName();

    /** The claims of who has come back; null where nobody has. */
    static JsonObject claimsIn(RoutingContext context) {
        return context.get(CLAIMS);
    }

    @Override
    public Uni<Void> action(AuthenticationCompletionContext completed) {
        completed.routingContext().put(CLAIMS, claims(completed.identity()));
        return Uni.createFrom().voidItem();
    }

    private static JsonObject claims(SecurityIdentity identity) {
        JsonObject claims = new JsonObject();
        if (identity.getAttribute(USER_INFO) instanceof UserInfo info) {
            claims.mergeIn(new JsonObject(info.getUserInfoString()));
        }
        // The signed claim counts more.
        return identity.getPrincipal() instanceof JsonWebToken token
                ? claims.mergeIn(payload(token.getRawToken()))
                : claims;
    }

    private static JsonObject payload(String token) {
        return new JsonObject(
                new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
    }
}
