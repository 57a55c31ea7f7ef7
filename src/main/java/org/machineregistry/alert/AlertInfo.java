package org.machineregistry.alert;

import java.util.Map;

import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import io.quarkus.info.runtime.spi.InfoContributor;

/** Says at {@code /q/info} whether alerts go anywhere, for the page, which lets people ask for them. */
@Singleton
@Unremovable
class AlertInfo implements InfoContributor {
    private final AlertsConfig config;

    AlertInfo(AlertsConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "alerts";
    }

    @Override
    public Map<String, Object> data() {
        return Map.of("configured", config.url().isPresent());
    }
}
