package org.machineregistry.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The query parameters that a resource method understands; without it, none. Each may be given once, but for {@link #mayRepeat}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface QueryParameters {
    String[] value();

    /** Those of them that mean something without a value, too. */
    String[] mayBeEmpty() default {};

    /** Those of them that may be given several times. */
    String[] mayRepeat() default {};

    /** Whether there may be others, which somebody else adds and nobody reads here. */
    boolean allowsOthers() default false;
}
