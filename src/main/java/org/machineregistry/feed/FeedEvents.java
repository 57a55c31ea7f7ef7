package org.machineregistry.feed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import jakarta.enterprise.context.ApplicationScoped;

import org.machineregistry.machine.list.MachineView;
import org.machineregistry.response.SharedBody;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The events of the live list. Each is written once, however many read it. */
@ApplicationScoped
class FeedEvents {
    // Written as JSON by hand: nothing shows the native build that it is.
    @RegisterForReflection
    private record Removed(String machineId) {}

    @RegisterForReflection
    private record Now(long now) {}

    @RegisterForReflection
    private record Away(long since) {}

    private static final String SNAPSHOT = "snapshot";
    /** The end of an event. JSON has no line breaks, so that its data is one line. */
    static final byte[] END = {'\n', '\n'};

    private final ObjectMapper mapper;

    FeedEvents(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** @param list JSON */
    FeedEvent snapshot(byte[] list) {
        return event(SNAPSHOT, list);
    }

    /** @param list JSON, of any length */
    FeedEvent snapshot(SharedBody list) {
        return new FeedEvent(head(SNAPSHOT), list);
    }

    FeedEvent machine(MachineView machine) {
        return event("machine", machine);
    }

    FeedEvent removed(String machineId) {
        return event("removed", new Removed(machineId));
    }

    /** Tells proxies, browsers and scripts that the stream is alive, and what time it is. */
    FeedEvent alive(long now) {
        return event("alive", new Now(now));
    }

    /** Says that what was shown is as of then, until {@link #back}. */
    FeedEvent away(long since) {
        return event("away", new Away(since));
    }

    FeedEvent back(long now) {
        return event("back", new Now(now));
    }

    private FeedEvent event(String name, Object data) {
        try {
            return event(name, mapper.writeValueAsBytes(data));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A record is always JSON", impossible);
        }
    }

    private static FeedEvent event(String name, byte[] data) {
        byte[] head = head(name);
        ByteArrayOutputStream event = new ByteArrayOutputStream(head.length + data.length + END.length);
        event.writeBytes(head);
        event.writeBytes(data);
        event.writeBytes(END);
        return new FeedEvent(event.toByteArray());
    }

    private static byte[] head(String name) {
        return ("event:" + name + "\ndata:").getBytes(StandardCharsets.UTF_8);
    }
}
