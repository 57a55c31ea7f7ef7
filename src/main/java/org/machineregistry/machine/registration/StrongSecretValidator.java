package org.machineregistry.machine.registration;

import java.util.regex.Pattern;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;

// Hibernate Validator makes it, by its public constructor.
public class StrongSecretValidator implements ConstraintValidator<StrongSecret, String> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{21,128}");
    private static final int FEWEST_DIFFERENT = 10;

    @Override
    public boolean isValid(String secret, ConstraintValidatorContext context) {
        return secret == null
                || FORM.matcher(secret).matches() && secret.chars().distinct().count() >= FEWEST_DIFFERENT;
    }
}
