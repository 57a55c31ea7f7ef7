package org.machineregistry.identity.signin;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;
import org.machineregistry.identity.provider.ProviderUnavailableException;

import io.vertx.core.VertxException;
import io.vertx.ext.web.RoutingContext;

/** Says to people why they could not sign in, and to the operator what they can mend: that is one line a minute. */
@Singleton
class SignInFailures {
    private static final Logger LOG = Logger.getLogger(SignInFailures.class);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final int RETRY_SECONDS = 10;
    private static final Pattern ERROR_CODE = Pattern.compile("[a-z_]{1,40}");
    // https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1
    private static final Set<String> FOR_NOW = Set.of("server_error", "temporarily_unavailable");
    private static final String AGAIN = " Sign in again.";

    private final AtomicLong logged = new AtomicLong(System.nanoTime() - MINUTE);

    static HttpProblem wrongNext() {
        return Problems.invalid("next", "must be a path of the page, such as /app");
    }

    /** The problem of somebody who came back with a state that this browser was not given, or that was used already. */
    static HttpProblem unknownState() {
        return Problems.of(400, "This sign-in was not begun in this browser, has been used already, or took too long."
                + AGAIN);
    }

    static HttpProblem unusable() {
        return Problems.of(403,
                "The OpenID provider gives you no id that can be used here: it has more than 255 characters,"
                        + " or begins as a team's name does.");
    }

    HttpProblem problem(Throwable failure, RoutingContext context) {
        return failure instanceof HttpProblem problem ? problem : of(failure, context);
    }

    private HttpProblem of(Throwable failure, RoutingContext context) {
        String error = context.queryParams().get("error");
        String said = said(failure);
        if (failure instanceof ProviderUnavailableException || isConnection(failure)) {
            return unavailable(
                    "The OpenID provider cannot be reached, so that nobody can sign in now. Try again shortly; who"
                            + " is signed in already stays so.");
        }
        if (error != null && FOR_NOW.contains(error)) {
            return unavailable("The OpenID provider cannot sign anybody in at the moment. Try again shortly.");
        }
        if (error != null) {
            return Problems.of(403, "The OpenID provider did not sign you in"
                    + (ERROR_CODE.matcher(error).matches() ? ": " + error : "") + ".");
        }
        if (said.contains("invalid_client") || said.contains("unauthorized_client")) {
            warn("The OpenID provider refuses this service: quarkus.oidc.client-id and quarkus.oidc.credentials.secret must be"
                    + " those of its client there. It says: %s", said);
            return unavailable(
                    "The OpenID provider does not accept this service's own credentials. Whoever runs the service"
                            + " finds more in its log.");
        }
        if (!said.contains("invalid_grant")) {
            warn("A sign-in came to nothing: %s", said);
        }
        return Problems.of(401,
                "The OpenID provider did not confirm this sign-in: it was used already, or took too long."
                        + AGAIN);
    }

    private static HttpProblem unavailable(String detail) {
        return Problems.unavailable(RETRY_SECONDS, detail);
    }

    private static boolean isConnection(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof VertxException
                    || cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    private static String said(Throwable failure) {
        StringBuilder said = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            said.append(said.isEmpty() ? "" : "; ").append(cause.getMessage());
        }
        return said.toString().replaceAll("\\p{C}+", " ").toLowerCase(Locale.ROOT);
    }

    private void warn(String format, String said) {
        long now = System.nanoTime();
        long last = logged.get();
        if (now - last >= MINUTE && logged.compareAndSet(last, now)) {
            LOG.warnf(format, said.substring(0, Math.min(said.length(), 300)));
        }
    }
}
