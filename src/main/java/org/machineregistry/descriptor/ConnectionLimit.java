package org.machineregistry.descriptor;

import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Takes no more HTTP connections than leave some file descriptors free, unless an operator says otherwise. Without a free one
 * the service could not reach its database, and worse: a class that is needed for the first time could not be read from its jar,
 * which Quarkus' class loader waits for, for ever and on whatever thread it is.
 */
// Works around JarFileReference of quarkus-bootstrap-runner (3.33.2), which does not complete its future when a jar cannot be opened.
public class ConnectionLimit implements ConfigSource {
    static final String NAME = "quarkus.http.limits.max-connections";
    // The packaged application.properties have 250, and all that an operator can set has more than this.
    private static final int ORDINAL = 255;
    // An idle replica has 51, and up to 15 more to the database; a few are for jars. One address that takes nine tenths of what is left
    // leaves it ready.
    private static final long KEPT_FREE = 110;

    private final Map<String, String> settings = settings();

    private static Map<String, String> settings() {
        try {
            return settings(Descriptors.limit());
        } catch (IOException unreadable) {
            return Map.of();
        }
    }

    static Map<String, String> settings(OptionalLong limit) {
        if (limit.isEmpty() || limit.getAsLong() > Integer.MAX_VALUE) {
            return Map.of();
        }
        return Map.of(NAME, String.valueOf(Math.max(1, limit.getAsLong() - KEPT_FREE)));
    }

    @Override
    public String getName() {
        return "file descriptors";
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
