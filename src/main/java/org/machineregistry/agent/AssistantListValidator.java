package org.machineregistry.agent;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;

import io.vertx.core.json.JsonArray;

/** Says what is too much about a list of assistants. */
// Hibernate Validator makes it, by its public constructor.
public class AssistantListValidator implements ConstraintValidator<AssistantList, List<Assistant>> {
    private static final int MOST = 100;
    private static final int MOST_BYTES = 32 * 1024;

    @Override
    public boolean isValid(List<Assistant> assistants, ConstraintValidatorContext context) {
        if (assistants == null) {
            return true;
        }
        if (assistants.size() > MOST) {
            return false;
        }
        // One that is null is refused by itself.
        if (assistants.stream().anyMatch(Objects::isNull)
                || json(assistants).getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
            return true;
        }
        context.disableDefaultConstraintViolation();
        context.buildConstraintViolationWithTemplate("must be at most 32 KiB of JSON").addConstraintViolation();
        return false;
    }

    /** The list, or so much of it that it is refused: each further one would be checked, and answered, by itself. */
    static List<Assistant> enough(List<Assistant> assistants) {
        return assistants == null || assistants.size() <= MOST ? assistants : assistants.subList(0, MOST + 1);
    }

    /** The list as it is kept and shown. */
    static String json(List<Assistant> assistants) {
        JsonArray json = new JsonArray();
        assistants.forEach(assistant -> json.add(assistant.json()));
        return json.encode();
    }
}
