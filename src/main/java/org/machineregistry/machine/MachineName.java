package org.machineregistry.machine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;

/** The name that a person gives a machine: 1 to 100 characters (code points), none of them invisible. */
@Constraint(validatedBy = MachineNameValidator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Retention(RetentionPolicy.RUNTIME)
public @interface MachineName {
    /** Whether there may be none. */
    boolean optional() default false;

    String message() default "must be 1 to 100 characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
