package org.machineregistry.agent;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.machineregistry.audit.Audit;
import org.machineregistry.connection.RequestConnection;
import org.machineregistry.enrolment.EnrolMachine;
import org.machineregistry.enrolment.Enrolment;
import org.machineregistry.enrolment.EnrolmentKeys;
import org.machineregistry.enrolment.OpenedKey;
import org.machineregistry.http.BodyGate;
import org.machineregistry.http.JsonExchange;
import org.machineregistry.http.Problems;
import org.machineregistry.limit.Network;
import org.machineregistry.presence.ConnectResult;
import org.machineregistry.presence.Presence;

import com.fasterxml.jackson.databind.ObjectReader;

import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** A machine registers itself with an enrolment key and connects, in one. */
@Singleton
class EnrolRoute {
    private static final String KEY = "enrolment key ";

    private record Answer(boolean isNew, ConnectResult connected) {}

    private final EnrolmentKeys keys;
    private final Enrolment enrolment;
    private final Presence presence;
    private final BodyGate bodies;
    private final JsonExchange json;
    private final Audit audit;
    private final ObjectReader machineReader;
    private final ObjectReader connectReader;

    EnrolRoute(EnrolmentKeys keys, Enrolment enrolment, Presence presence, BodyGate bodies, JsonExchange json,
            Audit audit) {
        this.keys = keys;
        this.enrolment = enrolment;
        this.presence = presence;
        this.bodies = bodies;
        this.json = json;
        this.audit = audit;
        this.machineReader = json.readerOf(EnrolMachine.class);
        this.connectReader = json.readerOf(Connect.class);
    }

    void register(@Observes Router router) {
        router.route(AgentDoor.PATH + "enrol")
                .order(AgentDoor.BEFORE)
                .handler(this::admit)
                .handler(this::enrol);
    }

    private void admit(RoutingContext context) {
        if (AgentDoor.takes(HttpMethod.POST, context)) {
            OpenedKey key = keys.open(authorization(context));
            RequestConnection.known(context.request());
            bodies.read(context, KEY + key.keyId());
        }
    }

    private void enrol(RoutingContext context) {
        JsonExchange.requireAccepted(context);
        // Once more: it may have been revoked while the body came.
        OpenedKey key = keys.open(authorization(context));
        EnrolMachine machine = json.read(context, machineReader);
        if (machine == null) {
            throw Problems.invalid("", "a JSON object is needed");
        }
        // Both are in one object, and each leaves alone what it does not know.
        Connect said = json.read(context, connectReader);
        String address = Network.shownOf(context.request());
        Uni<Answer> done = register(key, machine, Network.of(context.request()), address)
                .chain(isNew -> presence
                        .connect(machine.machineId(), said.assistantCount(), said.instance(), said.details(),
                                address, Presence.NO_SOCKET, () -> !context.response().closed())
                        .map(result -> new Answer(isNew, result)));
        // The answer goes out on the thread that reads the connection, and the database was written on another one.
        Future.fromCompletionStage(done.subscribeAsCompletionStage(), context.vertx().getOrCreateContext())
                .map(answer -> answer(context, answer))
                .onFailure(context::fail);
    }

    private Uni<Boolean> register(OpenedKey key, EnrolMachine machine, long network, String address) {
        return enrolment.enrol(key, machine, network).invoke(isNew -> {
            if (isNew) {
                audit.enrolled(key.owner(), machine.machineId(), key.keyId(), address);
            }
        });
    }

    private Void answer(RoutingContext context, Answer answer) {
        if (answer.connected() == null) {
            // It was deleted meanwhile.
            throw new AuthenticationFailedException();
        }
        if (answer.isNew()) {
            context.response().setStatusCode(201);
        }
        JsonExchange.answer(context, json.write(Connected.of(answer.connected())));
        return null;
    }

    private static String authorization(RoutingContext context) {
        return context.request().getHeader(HttpHeaders.AUTHORIZATION);
    }
}
