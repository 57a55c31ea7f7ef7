package org.machineregistry.http;

import java.util.List;
import java.util.Objects;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;

import org.jboss.logging.Logger;
import org.machineregistry.http.Problems.Violation;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;

/** Completes what Quarkus REST's mappers leave out, and keeps their inner words (class names, parser states) inside. */
@ApplicationScoped
class ProblemDefaults implements ProblemPostProcessor {
    private static final Logger LOG = Logger.getLogger(ProblemDefaults.class);

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        HttpProblem.Builder builder = HttpProblem.builder()
                .withType(Objects.requireNonNullElse(problem.getType(), Problems.NO_TYPE))
                .withTitle(Objects.requireNonNullElse(problem.getTitle(), Problems.title(problem.getStatusCode())))
                .withStatus(problem.getStatusCode())
                .withDetail(isOurs(problem) ? problem.getDetail() : Problems.detail(problem.getStatusCode()));
        problem.getHeaders().forEach(builder::withHeader);
        if (isOurs(problem)) {
            problem.getParameters().forEach(builder::with);
        }
        if (problem.getStatusCode() == 401) {
            builder.withHeader(HttpHeaders.WWW_AUTHENTICATE, Problems.CHALLENGE);
        }
        if (problem.getStatusCode() == 500 && !ClientGone.isCauseOf(context.cause)) {
            LOG.errorf(context.cause, "%s failed", context.path);
        }
        List<Violation> violations = violations(problem);
        if (!violations.isEmpty()) {
            builder.with(Problems.VIOLATIONS, violations);
        }
        return builder.build();
    }

    private static boolean isOurs(HttpProblem problem) {
        return Problems.NO_TYPE.equals(problem.getType()) && problem.getDetail() != null;
    }

    private static List<Violation> violations(HttpProblem problem) {
        return problem.getParameters().get(Problems.VIOLATIONS) instanceof List<?> violations
                ? violations.stream().map(ProblemDefaults::violation).toList()
                : List.of();
    }

    private static Violation violation(Object violation) {
        return violation instanceof io.quarkiverse.resteasy.problem.validation.Violation platforms
                ? new Violation(platforms.field, platforms.message)
                : (Violation) violation;
    }
}
