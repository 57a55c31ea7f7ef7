package org.machineregistry.agent;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/** What a machine says of itself in words of its own: a JSON object of at most 8 KiB. */
@Constraint(validatedBy = MetadataValidator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@interface Metadata {
    String message() default "must be at most 8 KiB of JSON";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
