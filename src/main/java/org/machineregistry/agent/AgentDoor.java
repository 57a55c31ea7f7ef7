package org.machineregistry.agent;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.machineregistry.connection.RequestConnection;
import org.machineregistry.credential.CredentialsUnavailableException;
import org.machineregistry.credential.MachineAuthenticator;
import org.machineregistry.credential.MachineCredential;
import org.machineregistry.http.NoStore;
import org.machineregistry.http.Problems;
import org.machineregistry.limit.Network;
import org.machineregistry.presence.Presence;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Lets machines in: whatever is asked below {@code /api/agent/} with a credential is authenticated here, before anything else looks at
 * it. A machine's token, and nothing else, opens it.
 */
@Singleton
public class AgentDoor {
    static final String PATH = "/api/agent/";
    // It comes behind Quarkus' handler of CORS (-300), whose headers every answer needs, and before its authentication (-200), which is for users
    // and would cost a heartbeat more than the rest of it.
    private static final int ORDER = -250;
    /** The order of routes that are beside this door, because they take something else than a machine's token. */
    static final int BEFORE = ORDER - 1;
    /** The order of routes that this door stands before. */
    public static final int BEHIND = ORDER + 1;
    private static final String MACHINE = AgentDoor.class.getName();
    private static final String READ_AT = AgentDoor.class.getName() + ".readAt";

    private final MachineAuthenticator machines;
    private final Presence presence;

    AgentDoor(MachineAuthenticator machines, Presence presence) {
        this.machines = machines;
        this.presence = presence;
    }

    void register(@Observes Router router) {
        router.route(PATH + "*").order(ORDER).handler(this::admit);
    }

    /** The machine that asks; a 401 where there is none. */
    public static MachineCredential machine(RoutingContext context) {
        MachineCredential machine = context.get(MACHINE);
        if (machine == null) {
            throw Problems.of(401);
        }
        return machine;
    }

    /**
     * When a request can have been sent at the latest, of {@link System#nanoTime()}: while its credential is looked up, its sender may
     * give up, and say something newer elsewhere.
     */
    static long readAt(RoutingContext context) {
        Long readAt = context.get(READ_AT);
        return readAt == null ? System.nanoTime() : readAt;
    }

    /** Whether an address that takes one method is asked with it. OPTIONS is answered here, another one refused. */
    public static boolean takes(HttpMethod method, RoutingContext context) {
        HttpMethod asked = context.request().method();
        boolean readsOnly = method == HttpMethod.GET;
        if (asked == method || readsOnly && asked == HttpMethod.HEAD) {
            return true;
        }
        String allowed = readsOnly ? "GET, HEAD, OPTIONS" : "OPTIONS, " + method;
        if (asked != HttpMethod.OPTIONS) {
            throw Problems.methodNotAllowed(allowed);
        }
        NoStore.put(context.response()).putHeader(HttpHeaders.ALLOW, allowed).end();
        return false;
    }

    private void admit(RoutingContext context) {
        HttpServerRequest request = context.request();
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            context.next();
            return;
        }
        Future<MachineCredential> machine = machines.authenticate(authorization, () -> Network.of(request));
        if (machine.succeeded()) {
            admit(machine.result(), context);
        } else {
            if (context.get(READ_AT) == null) {
                context.put(READ_AT, System.nanoTime());
            }
            machine.onSuccess(admitted -> admit(admitted, context)).onFailure(refusal -> refuse(refusal, context));
        }
    }

    /** A machine is not let in whose token was taken back while its body came. */
    void admitAgain(RoutingContext context) {
        if (context.body().buffer() == null || machines.isStillGood(machine(context))) {
            context.next();
        } else {
            admit(context);
        }
    }

    private static void admit(MachineCredential machine, RoutingContext context) {
        context.put(MACHINE, machine);
        RequestConnection.known(context.request());
        context.next();
    }

    private void refuse(Throwable refusal, RoutingContext context) {
        context.fail(refusal instanceof CredentialsUnavailableException ? presence.unavailable() : refusal);
    }
}
