package org.machineregistry.machine.registration;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.machineregistry.address.ServiceAddresses;
import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.http.BodyGate;
import org.machineregistry.identity.CurrentUser;
import org.machineregistry.identity.User;
import org.machineregistry.limit.Network;
import org.machineregistry.machine.MachineRegistration;

import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Registers machines, one or an array of them. */
@Path(RegistrationResource.PATH)
@Consumes(MediaType.APPLICATION_JSON)
class RegistrationResource {
    static final String PATH = "/api/machines";

    private final Registrations registrations;
    private final ArrayRegistrations arrays;
    private final CurrentUser user;
    private final Audit audit;
    private final ServiceAddresses addresses;
    private final Validator validator;

    RegistrationResource(Registrations registrations, ArrayRegistrations arrays, CurrentUser user, Audit audit,
            ServiceAddresses addresses, Validator validator) {
        this.registrations = registrations;
        this.arrays = arrays;
        this.user = user;
        this.audit = audit;
        this.addresses = addresses;
        this.validator = validator;
    }

    @POST
    @RolesAllowed(User.ROLE)
    @NonBlocking
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Response> create(@NotNull(message = CreateMachines.MISSING) CreateMachines body,
            RoutingContext context) {
        User person = user.get();
        long network = Network.of(context.request());
        String address = Network.textOf(context.request());
        if (body.isArray()) {
            return arrays.register(person, network, body)
                    .invoke(machines -> audit.didWithMany(person.id(), AuditEvent.MACHINE_REGISTERED,
                            machines.stream().map(MachineRegistration::machineId).toList(), address))
                    .map(machines -> created(machines).build());
        }
        BodyGate.refuseLengthOfArrays(context);
        return registrations.register(person, network, body.single(validator))
                .invoke(machine -> audit.did(person.id(), AuditEvent.MACHINE_REGISTERED, machine.machineId(), address))
                .map(machine -> created(machine)
                        .header(HttpHeaders.LOCATION,
                                addresses.of(context).path() + PATH + "/" + machine.machineId())
                        .build());
    }

    private static Response.ResponseBuilder created(Object registered) {
        return Response.status(Response.Status.CREATED)
                .entity(registered)
                .header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
