package org.machineregistry.machine.registration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.validation.Validator;

import org.machineregistry.http.Problems;
import org.machineregistry.http.Problems.Violation;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/** The machines that one request is to register: a JSON object for a single one, or an array of them. */
@JsonDeserialize(using = CreateMachines.Reader.class)
record CreateMachines(List<CreateMachine> machines, boolean isArray) {
    static final int MOST = 1_000;
    private static final String WRONG_SIZE = "must have 1 to 1,000 machines";
    static final String MISSING = "a JSON object is needed";

    static final class Reader extends JsonDeserializer<CreateMachines> {
        @Override
        public CreateMachines deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parser.isExpectedStartArrayToken()
                    ? new CreateMachines(several(parser, context), true)
                    : new CreateMachines(List.of(context.readValue(parser, CreateMachine.class)), false);
        }

        /** One more than there may be, at most: what is refused anyway is read by no more than its length. */
        private static List<CreateMachine> several(JsonParser parser, DeserializationContext context)
                throws IOException {
            List<CreateMachine> machines = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (machines.size() > MOST) {
                    parser.skipChildren();
                } else {
                    machines.add(one(parser, context, machines.size()));
                }
            }
            return machines;
        }

        private static CreateMachine one(JsonParser parser, DeserializationContext context, int index)
                throws IOException {
            try {
                return parser.hasToken(JsonToken.VALUE_NULL) ? null : context.readValue(parser, CreateMachine.class);
            } catch (JsonMappingException fault) {
                fault.prependPath(List.class, index);
                throw fault;
            }
        }
    }

    /** Fails with a problem that names all that is wrong; fields of an array's machines are named {@code [index].field}. */
    void requireValid(Validator validator) {
        List<Violation> violations = violations(validator);
        if (!violations.isEmpty()) {
            throw Problems.invalid(violations);
        }
    }

    /** The only one, where it is no array; fails as {@link #requireValid} does. */
    CreateMachine single(Validator validator) {
        requireValid(validator);
        return machines.get(0);
    }

    private List<Violation> violations(Validator validator) {
        if (machines.isEmpty() || machines.size() > MOST) {
            return List.of(new Violation("", WRONG_SIZE));
        }
        List<Violation> violations = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int index = 0; index < machines.size(); index++) {
            CreateMachine machine = machines.get(index);
            if (machine == null) {
                violations.add(new Violation("[" + index + "]", MISSING));
                continue;
            }
            for (var found : validator.validate(machine)) {
                violations.add(new Violation(field(index, found.getPropertyPath().toString()), found.getMessage()));
            }
            for (var found : machine.contradictions().entrySet()) {
                violations.add(new Violation(field(index, found.getKey()), found.getValue()));
            }
            if (machine.machineId() != null && !ids.add(machine.machineId())) {
                violations.add(new Violation(field(index, "machineId"), "is that of another one of these"));
            }
        }
        return violations;
    }

    private String field(int index, String name) {
        return isArray ? "[" + index + "]." + name : name;
    }
}
