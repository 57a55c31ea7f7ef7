package org.machineregistry.identity.signin;

import org.machineregistry.http.HttpProblem;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** The outcome of a step of a sign-in. {@link SignInFilter} finds it out, and {@link SignInResource} answers with it. */
sealed interface SignInOutcome {
    /** The browser is to go to the provider. */
    record ToProvider(String url) implements SignInOutcome {}

    /**
     * The browser has come back from the provider.
     *
     * @param claims what the provider says of the person
     * @param next where they wanted to; null where they did not say it
     */
    record SignedIn(JsonObject claims, String next) implements SignInOutcome {}

    record Failed(HttpProblem problem) implements SignInOutcome {}

    /** The outcome of this request; null where nobody has tried. */
    static SignInOutcome of(RoutingContext context) {
        return context.get(SignInOutcome.class.getName());
    }

    default void putInto(RoutingContext context) {
        context.put(SignInOutcome.class.getName(), this);
    }
}
