package org.machineregistry.start;

import java.util.Map;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.arc.Unremovable;
import io.quarkus.info.runtime.spi.InfoContributor;

/** Says at {@code /q/info} which version of the service this is; the commit that it was built of stands beside it. */
@Singleton
@Unremovable
class BuildInfo implements InfoContributor {
    private final String name;
    private final String version;

    BuildInfo(@ConfigProperty(name = "quarkus.application.name") String name,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.name = name;
        this.version = version;
    }

    @Override
    public String name() {
        return "build";
    }

    @Override
    public Map<String, Object> data() {
        return Map.of("name", name, "version", version);
    }
}
