package org.machineregistry.label;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/** Labels that somebody wants a machine to have, or a merge patch of them. */
@Constraint(validatedBy = LabelMapValidator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface LabelMap {
    /** Whether null as a value takes a label away; else it is refused. */
    boolean patch() default false;

    String message() default "must be labels";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
