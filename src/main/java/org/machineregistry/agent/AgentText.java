package org.machineregistry.agent;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;

/** A text that a machine tells of itself: up to 1024 characters (code points, as a pattern counts them). */
@Pattern(regexp = ".{0,1024}", flags = Pattern.Flag.DOTALL)
@ReportAsSingleViolation
@Constraint(validatedBy = {})
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
@interface AgentText {
    String message() default "must be at most 1024 characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
