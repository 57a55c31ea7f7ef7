package org.machineregistry.embedded;

import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.config.spi.ConfigSource;

/** Hands the running embedded database to the service's configuration. Anything that a user configures counts before it. */
public class EmbeddedSettings implements ConfigSource {

    public static final String NAME = "embedded database";

    // Above the packaged application.properties (250), below every file, variable and property of a user (260 and more).
    private static final int ORDINAL = 255;

    private static volatile Map<String, String> settings = Map.of();

    public static void use(Map<String, String> settings) {
        EmbeddedSettings.settings = Map.copyOf(settings);
    }

    @Override
    public String getName() {
        return NAME;
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
