package org.machineregistry.agent;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/** A JSON object of at most 8 KiB, in which a machine says of itself what no other field is for. */
@Constraint(validatedBy = MetadataValidator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@interface Metadata {
    String message() default "must be at most 8 KiB of JSON";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
