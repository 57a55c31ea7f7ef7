package org.machineregistry.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Gives what fails before or beside the REST layer (authentication, routing, body limit, upgrade) the same body. */
@ApplicationScoped
public class RouterProblems {
    private static final Logger LOG = Logger.getLogger(RouterProblems.class);

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(RouterProblems::answer);
    }

    /** Ends the request with this problem. */
    public static void answer(RoutingContext context, HttpProblem problem) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        if (!context.request().isEnded()) {
            // Nobody reads what is still to come: it is let go, rather than kept.
            context.request().resume();
        }
        problem.headers().forEach(response::putHeader);
        NoStore.put(response).setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, HttpProblem.MEDIA_TYPE)
                // A body without this would be compressed, unlike all that the REST layer answers.
                .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
                .end(Buffer.buffer(problem.body()));
    }

    private static void answer(RoutingContext context) {
        if (context.response().closed() || ClientGone.isCauseOf(context.failure())) {
            // The client has gone in the middle of it, which is nobody's failure.
            LOG.debug("A client has gone", context.failure());
            return;
        }
        HttpProblem problem = problem(context);
        if (problem.status() == 500) {
            LOG.errorf(context.failure(), "%s %s failed", context.request().method(), context.request().path());
        }
        answer(context, problem);
    }

    private static HttpProblem problem(RoutingContext context) {
        Throwable failure = context.failure();
        if (failure instanceof HttpProblem problem) {
            return problem;
        }
        if (failure instanceof AuthenticationException || failure instanceof UnauthorizedException) {
            return Problems.of(401);
        }
        if (failure instanceof ForbiddenException) {
            return Problems.of(403);
        }
        boolean clientError = context.statusCode() >= 400 && context.statusCode() < 500;
        return DatabaseProblems.unavailable(failure)
                .orElseGet(() -> Problems.of(
                        clientError ? context.statusCode() : failure instanceof IllegalArgumentException ? 400 : 500));
    }
}
