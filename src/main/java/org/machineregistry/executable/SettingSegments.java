package org.machineregistry.executable;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import io.quarkus.runtime.configuration.NameIterator;
import io.quarkus.runtime.configuration.PropertiesUtil;
import io.smallrye.config.PropertyName;

/**
 * Looks, in a native executable, at the first character before it compares a segment of a setting's name. At each start the
 * platform walks from every setting's name through all that it knows, to warn of the others, and nearly all segments differ.
 */
@TargetClass(PropertiesUtil.class)
final class SettingSegments {

    @Substitute
    public static boolean isMapped(NameIterator iterator, String segment) {
        String name = iterator.getName();
        int start = iterator.getPosition() + 1;
        if (start < name.length() && !segment.isEmpty() && name.charAt(start) != segment.charAt(0)
                && name.charAt(start) != '*' && segment.charAt(0) != '*') {
            return false;
        }
        int end = iterator.getNextEnd();
        int length = end == 0 ? name.length() : end - start;
        return PropertyName.equals(name, start, length, segment, 0, segment.length());
    }
}
