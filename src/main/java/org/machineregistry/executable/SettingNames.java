package org.machineregistry.executable;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import io.smallrye.config.PropertyName;

/**
 * Looks, in a native executable, at the last character before it compares two names of settings, where a star stands for
 * a segment. Their hashes only count the segments, so that the platform's look-ups at each start compare very many that differ.
 */
@TargetClass(PropertyName.class)
final class SettingNames {

    @Substitute
    public static boolean equals(String name, String other) {
        if (!name.isEmpty() && !other.isEmpty()) {
            char last = name.charAt(name.length() - 1);
            char otherLast = other.charAt(other.length() - 1);
            if (last != otherLast && last != '*' && otherLast != '*') {
                return false;
            }
        }
        return PropertyName.equals(name, 0, name.length(), other, 0, other.length());
    }
}
