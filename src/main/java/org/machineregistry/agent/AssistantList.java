package org.machineregistry.agent;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/** All assistants of a machine: at most 100, in at most 32 KiB of JSON. */
@Constraint(validatedBy = AssistantListValidator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@interface AssistantList {
    String message() default "must be at most 100 assistants";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
