package org.machineregistry.agent;

import java.nio.charset.StandardCharsets;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;

// Hibernate Validator makes it, by its public constructor.
public class AgentTextValidator implements ConstraintValidator<AgentText, String> {
    private static final int MOST_CHARACTERS = 1024;

    private int mostBytes;

    @Override
    public void initialize(AgentText constraint) {
        mostBytes = constraint.bytes();
    }

    @Override
    public boolean isValid(String text, ConstraintValidatorContext context) {
        return text == null || text.codePointCount(0, text.length()) <= MOST_CHARACTERS
                && text.getBytes(StandardCharsets.UTF_8).length <= mostBytes;
    }
}
