package org.machineregistry.http;

import java.io.CharConversionException;
import java.util.Collection;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** A body that is not JSON, or whose JSON has the wrong shape, is 400; the latter names the field. */
class JsonProblems {
    @ServerExceptionMapper(value = MismatchedInputException.class, priority = Priorities.USER - 100)
    Response toProblem(MismatchedInputException failure) {
        return problem(failure).toResponse();
    }

    /** Bytes that end in the middle of a character, in an encoding that Jackson took them for. */
    @ServerExceptionMapper
    Response toProblem(CharConversionException failure) {
        return Problems.of(400).toResponse();
    }

    static HttpProblem problem(MismatchedInputException failure) {
        StringBuilder field = new StringBuilder();
        for (Reference step : failure.getPath()) {
            if (step.getFieldName() == null) {
                field.append('[').append(step.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return Problems.invalid(field.toString(), message(failure));
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
