package org.machineregistry.agent;

import java.util.Map;

import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import io.quarkus.info.runtime.spi.InfoContributor;

/** Says at {@code /q/info} which agent this service hands out, for the page, which tells of machines with an older one. */
@Singleton
@Unremovable
class AgentInfo implements InfoContributor {
    private final AgentScript script;

    AgentInfo(AgentScript script) {
        this.script = script;
    }

    @Override
    public String name() {
        return "agent";
    }

    @Override
    public Map<String, Object> data() {
        return Map.of("version", script.version());
    }
}
