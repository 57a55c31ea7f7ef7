package org.machineregistry.http;

import java.util.List;
import java.util.stream.Collectors;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.machineregistry.http.Problems.Violation;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;

/** Answers what Quarkus REST and the resources throw; its own words (class names, parser states) stay inside. */
class RestProblems {
    @ServerExceptionMapper
    Response toProblem(HttpProblem problem) {
        return problem.toResponse();
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class,
            AuthenticationCompletionException.class})
    Response toUnauthorized(SecurityException refused) {
        return Problems.of(401).toResponse();
    }

    @ServerExceptionMapper
    Response toProblem(ForbiddenException refused) {
        return Problems.of(403).toResponse();
    }

    @ServerExceptionMapper
    Response toProblem(ConstraintViolationException invalid) {
        List<Violation> violations = invalid.getConstraintViolations().stream().map(RestProblems::violation)
                .collect(Collectors.toList());
        return Problems.invalid(violations).toResponse();
    }

    /** Its path begins with the method and its parameter, which only the service knows. */
    private static Violation violation(ConstraintViolation<?> violation) {
        String[] path = violation.getPropertyPath().toString().split("\\.", 3);
        return new Violation(path.length < 3 ? "" : path[2], violation.getMessage());
    }

    @ServerExceptionMapper
    Response toProblem(JsonProcessingException malformed) {
        return Problems.of(400).toResponse();
    }

    /** Quarkus REST has a mapper of its own for an address that is not there. */
    @ServerExceptionMapper({WebApplicationException.class, NotFoundException.class})
    Response toProblem(WebApplicationException failure) {
        int status = failure.getResponse().getStatus();
        return status < 400 ? failure.getResponse() : DatabaseProblems.of(status, failure).toResponse();
    }
}
