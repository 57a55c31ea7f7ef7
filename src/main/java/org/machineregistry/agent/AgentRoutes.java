package org.machineregistry.agent;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.machineregistry.http.BodyGate;
import org.machineregistry.http.JsonExchange;
import org.machineregistry.http.NoStore;
import org.machineregistry.http.Problems;
import org.machineregistry.limit.Network;
import org.machineregistry.presence.ConnectResult;
import org.machineregistry.presence.HeartbeatInterval;
import org.machineregistry.presence.Presence;

import com.fasterxml.jackson.databind.ObjectReader;

import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * The operations of machines over HTTP: connect, heartbeat, assistants, disconnect. They are routes of Vert.x, because the layers
 * for security and REST cost many times what a heartbeat does. Nothing here blocks.
 */
@Singleton
class AgentRoutes {
    private interface Operation<T> {
        /** @param said what the body says; null for none */
        void run(RoutingContext context, String machineId, T said);
    }

    private record Written(HeartbeatInterval interval, Buffer json) {}

    private final AgentDoor door;
    private final BodyGate bodies;
    private final JsonExchange json;
    private final Presence presence;
    private volatile Written latest = new Written(null, null);

    AgentRoutes(AgentDoor door, BodyGate bodies, JsonExchange json, Presence presence) {
        this.door = door;
        this.bodies = bodies;
        this.json = json;
        this.presence = presence;
    }

    void register(@Observes Router router) {
        serve(router, HttpMethod.POST, "connect", Connect.class, this::connect);
        serve(router, HttpMethod.POST, "heartbeat", Heartbeat.class, this::heartbeat);
        serve(router, HttpMethod.PUT, "assistants", Assistants.class, this::assistants);
        serve(router, HttpMethod.POST, "disconnect", Disconnect.class, this::disconnect);
    }

    private <T> void serve(Router router, HttpMethod method, String name, Class<T> type, Operation<T> operation) {
        ObjectReader reader = json.readerOf(type);
        router.route(AgentDoor.PATH + name)
                .order(AgentDoor.BEHIND)
                .handler(context -> readBody(context, method))
                .handler(door::admitAgain)
                .handler(context -> operation
                        .run(context, AgentDoor.machine(context).machineId(), json.read(context, reader)));
    }

    private void readBody(RoutingContext context, HttpMethod method) {
        if (AgentDoor.takes(method, context)) {
            bodies.read(context, AgentDoor.machine(context).machineId());
        }
    }

    private void connect(RoutingContext context, String machineId, Connect body) {
        JsonExchange.requireAccepted(context);
        Connect said = body == null ? Connect.NOTHING : body;
        answer(context, presence.connect(machineId, said.assistantCount(), said.instance(), said.details(),
                Network.shownOf(context.request()), Presence.NO_SOCKET, waits(context)),
                result -> connected(context, result));
    }

    private void connected(RoutingContext context, ConnectResult result) {
        requireWritten(result);
        JsonExchange.answer(context, json.write(Connected.of(result)));
    }

    private static void requireWritten(ConnectResult result) {
        if (result == null) {
            // It was deleted meanwhile.
            throw new AuthenticationFailedException();
        }
    }

    /** It is a heartbeat as well. */
    private void assistants(RoutingContext context, String machineId, Assistants said) {
        if (said == null) {
            throw Problems.invalid("assistants", "is needed");
        }
        answer(context, presence.connect(machineId, said.assistants().size(), said.instance(), said.details(),
                Network.shownOf(context.request()), Presence.NO_SOCKET, waits(context)), result -> {
                    requireWritten(result);
                    done(context);
                });
    }

    private void heartbeat(RoutingContext context, String machineId, Heartbeat body) {
        JsonExchange.requireAccepted(context);
        Heartbeat said = body == null ? Heartbeat.NOTHING : body;
        JsonExchange.answer(context,
                written(presence.heartbeat(machineId, said.assistantCount(), said.instance(),
                        Network.shownOf(context.request()), AgentDoor.readAt(context))));
    }

    /** The whole fleet is told the same, for hours: the interval stays the same object until it changes. */
    private Buffer written(HeartbeatInterval interval) {
        Written written = latest;
        if (written.interval() != interval) {
            written = new Written(interval, json.write(interval));
            latest = written;
        }
        return written.json();
    }

    private void disconnect(RoutingContext context, String machineId, Disconnect body) {
        Disconnect said = body == null ? Disconnect.NOTHING : body;
        answer(context, presence.disconnect(machineId, said.instance(), waits(context)),
                done -> done(context));
    }

    private static void done(RoutingContext context) {
        NoStore.put(context.response()).setStatusCode(204).end();
    }

    /** Answers where the connection is read, which is not where the database was written. */
    private static <T> void answer(RoutingContext context, Uni<T> written, Consumer<T> answer) {
        Future.fromCompletionStage(written.subscribeAsCompletionStage(), context.vertx().getOrCreateContext())
                .map(result -> {
                    answer.accept(result);
                    return null;
                })
                .onFailure(context::fail);
    }

    /** Tells whether a caller has not hung up. */
    private static BooleanSupplier waits(RoutingContext context) {
        return () -> !context.response().closed();
    }
}
