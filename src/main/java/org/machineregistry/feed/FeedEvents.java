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
    // Written as JSON by hand: nothing shows the native build that it is.
    @RegisterForReflection
    private record Removed(String machineId) {}

    @RegisterForReflection
    private record Now(long now) {}

    @RegisterForReflection
    private record Away(long since) {}

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

    /** Tells proxies, browsers and scripts that the stream is alive, and what time it is. */
    OutboundSseEvent alive(long now) {
        return event("alive", new Now(now));
    }

    /** What was shown is as of then, until {@link #back}. */
    OutboundSseEvent away(long since) {
        return event("away", new Away(since));
    }

    OutboundSseEvent back(long now) {
        return event("back", new Now(now));
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
