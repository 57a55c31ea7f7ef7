package org.machineregistry.http;

import java.util.Collection;
import java.util.stream.Collectors;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

import io.quarkiverse.resteasy.problem.HttpProblem;

/** A body whose JSON has the wrong shape is 400, naming the field. */
class JsonProblems {
    @ServerExceptionMapper(value = MismatchedInputException.class, priority = Priorities.USER - 100)
    Response toProblem(MismatchedInputException failure) {
        return problem(failure).toResponse();
    }

    static HttpProblem problem(MismatchedInputException failure) {
        String field = failure.getPath().stream().map(JsonProblems::step).collect(Collectors.joining("."));
        return Problems.invalid(field, message(failure));
    }

    private static String step(Reference reference) {
        return reference.getFieldName() == null ? String.valueOf(reference.getIndex()) : reference.getFieldName();
    }

    private static String message(MismatchedInputException failure) {
        if (failure instanceof StrictJson.IllFormedTextException) {
            return failure.getOriginalMessage();
        }
        Class<?> expected = failure.getTargetType();
        if (expected == null) {
            return "has the wrong type";
        }
        if (Collection.class.isAssignableFrom(expected)) {
            return "must be an array";
        }
        return "must be " + (expected == String.class
                ? "a string"
                : expected == Boolean.class || expected == boolean.class
                        ? "true or false"
                        : Number.class.isAssignableFrom(expected) || expected.isPrimitive()
                                ? "a whole number in range"
                                : "an object");
    }
}
