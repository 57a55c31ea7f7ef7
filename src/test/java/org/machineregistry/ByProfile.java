package org.machineregistry;

import java.util.Comparator;

import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

import io.quarkus.test.junit.TestProfile;

/**
 * Integration tests that have their settings in common follow each other. Quarkus orders unit tests so, and starts the service and its
 * database anew for each integration test whose profile is not that of the one before.
 */
public class ByProfile implements ClassOrderer {
    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors().sort(Comparator.comparing(ByProfile::profile)
                .thenComparing(type -> type.getTestClass().getName()));
    }

    /** The profile of the class, or of the unit test that it extends: the annotation is not inherited. */
    private static String profile(ClassDescriptor descriptor) {
        for (Class<?> type = descriptor.getTestClass(); type != null; type = type.getSuperclass()) {
            TestProfile profile = type.getAnnotation(TestProfile.class);
            if (profile != null) {
                return profile.value().getName();
            }
        }
        return "";
    }
}
