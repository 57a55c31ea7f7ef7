package org.machineregistry.agent;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.credential.MachineCredential;
import org.machineregistry.enrolment.Departure;
import org.machineregistry.http.NoStore;
import org.machineregistry.http.QueryGuard;
import org.machineregistry.http.RequestPath;
import org.machineregistry.limit.Network;

import io.quarkus.security.AuthenticationFailedException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** A machine leaves for good, with its own token, which ends with it. */
@Singleton
class LeaveRoute {
    private static final String PATH = "/api/agent";

    private final Departure departure;
    private final Audit audit;

    LeaveRoute(Departure departure, Audit audit) {
        this.departure = departure;
        this.audit = audit;
    }

    void register(@Observes Router router) {
        router.route(PATH).order(AgentDoor.BEHIND).handler(this::leave);
    }

    private void leave(RoutingContext context) {
        // Vert.x takes a slash at the end for nothing.
        if (!RequestPath.of(context).equals(PATH)) {
            context.next();
            return;
        }
        if (!AgentDoor.takes(HttpMethod.DELETE, context)) {
            return;
        }
        QueryGuard.refuseAll(context);
        MachineCredential admitted = AgentDoor.machine(context);
        String address = Network.textOf(context.request());
        Future.fromCompletionStage(departure.leave(admitted).subscribeAsCompletionStage(),
                context.vertx().getOrCreateContext())
                .map(wasThere -> answer(context, wasThere, admitted.machineId(), address))
                .onFailure(context::fail);
    }

    private Void answer(RoutingContext context, boolean wasThere, String machineId, String address) {
        if (!wasThere) {
            // It was deleted meanwhile.
            throw new AuthenticationFailedException();
        }
        audit.did(machineId, AuditEvent.MACHINE_LEFT, machineId, address);
        NoStore.put(context.response()).setStatusCode(204).end();
        return null;
    }
}
