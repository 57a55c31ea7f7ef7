package org.machineregistry.feed;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;

import org.jboss.resteasy.reactive.server.jaxrs.OutboundSseEventImpl;
import org.machineregistry.machine.MachineView;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The events of the live list. Each is written as JSON once, however many read it. */
@ApplicationScoped
class FeedEvents {
    /** A comment: it tells proxies and browsers that the stream is alive. */
    static final OutboundSseEvent KEEP_ALIVE = new OutboundSseEventImpl.BuilderImpl().comment("").build();

    // Written as JSON by hand: nothing shows the native build that it is.
    @RegisterForReflection
    private record Removed(String machineId) {}

    private final ObjectMapper mapper;

    FeedEvents(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    OutboundSseEvent snapshot(List<MachineView> machines) {
        return event("snapshot", machines);
    }

    OutboundSseEvent machine(MachineView machine) {
        return event("machine", machine);
    }

    OutboundSseEvent removed(String machineId) {
        return event("removed", new Removed(machineId));
    }

    private OutboundSseEvent event(String name, Object data) {
        try {
            return new OutboundSseEventImpl.BuilderImpl().name(name)

                    .data(mapper.writeValueAsString(data))
                    .build();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A record is always JSON", impossible);
        }
    }
}
