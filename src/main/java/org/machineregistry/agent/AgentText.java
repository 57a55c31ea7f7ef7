package org.machineregistry.agent;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/**
 * What a machine says of itself: up to 1024 characters (code points), and a number of bytes in UTF-8, so that what the database
 * keeps of a machine is bounded by bytes.
 */
@Constraint(validatedBy = AgentTextValidator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@interface AgentText {
    int bytes() default 1024;

    String message() default "must be at most 1024 characters and {bytes} bytes in UTF-8";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
