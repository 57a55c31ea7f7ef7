package org.machineregistry.connection;

import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

import org.eclipse.microprofile.config.spi.ConfigSource;
import org.machineregistry.descriptor.Descriptors;

/**
 * Takes no more HTTP connections than leave some file descriptors and memory free, unless an operator says otherwise. Without a free
 * descriptor the service could not reach its database anew, nor write to a new log. Without memory it ends, and so would the replica to
 * which its machines go.
 */
public class ConnectionLimit implements ConfigSource {
    static final String NAME = "quarkus.http.limits.max-connections";
    // The packaged application.properties have 250, and all that an operator can set has more than this.
    private static final int ORDINAL = 255;
    // Beside what is open when the configuration is read, among it all libraries of the jar: an idle replica has 15 more then, and up to 12
    // more to the database. One address that takes nine tenths of what is left leaves it ready.
    private static final long KEPT_FREE = 74;
    // An open socket takes about 16 KiB of the executable's heap, 10 of the jar's. The rest is for lists, requests, and the collector.
    private static final long HEAP_FOR_EACH = 24 * 1024;

    private final Map<String, String> settings = settings();

    private static Map<String, String> settings() {
        return settings(freeDescriptors(), Runtime.getRuntime().maxMemory());
    }

    private static OptionalLong freeDescriptors() {
        try {
            OptionalLong limit = Descriptors.limit();
            return limit.isEmpty() ? limit : OptionalLong.of(limit.getAsLong() - Descriptors.open());
        } catch (IOException noneIsFree) {
            return OptionalLong.of(0);
        }
    }

    static Map<String, String> settings(OptionalLong freeDescriptors, long heap) {
        long most = Math.min(freeDescriptors.orElse(Integer.MAX_VALUE) - KEPT_FREE, heap / HEAP_FOR_EACH);
        return Map.of(NAME, String.valueOf(Math.max(1, Math.min(most, Integer.MAX_VALUE))));
    }

    @Override
    public String getName() {
        return "file descriptors and heap";
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }

    @Override
    public Set<String> getPropertyNames() {
        return settings.keySet();
    }

    @Override
    public String getValue(String name) {
        return settings.get(name);
    }
}
