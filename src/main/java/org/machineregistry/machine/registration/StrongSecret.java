package org.machineregistry.machine.registration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/** A secret that a caller brings: not {@code aaaaaaaaaaaaaaaaaaaaa}, which is among the first that somebody would guess. */
@Constraint(validatedBy = StrongSecretValidator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface StrongSecret {
    String message() default "must be 21 to 128 of A-Z a-z 0-9 _ -, at least 10 of them different";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
