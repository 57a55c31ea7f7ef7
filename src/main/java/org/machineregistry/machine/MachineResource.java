package org.machineregistry.machine;

import java.util.Optional;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import org.machineregistry.address.ServiceAddresses;
import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.http.Problems;
import org.machineregistry.http.QueryParameters;
import org.machineregistry.identity.CurrentUser;
import org.machineregistry.identity.Owners;
import org.machineregistry.identity.User;
import org.machineregistry.limit.Network;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** The machines that a person sees. What belongs to anybody else does not exist here. */
@Path(MachineResource.PATH)
@Consumes(MediaType.APPLICATION_JSON)
class MachineResource {
    static final String PATH = "/api/machines";
    private static final String NO_STORE = "no-store";

    private final Registrations registrations;
    private final ArrayRegistrations arrays;
    private final MachineCommands commands;
    private final MachineLists lists;
    private final MachineReader reader;
    private final StatusHistories histories;
    private final CurrentUser user;
    private final Audit audit;
    private final ServiceAddresses addresses;
    private final Validator validator;

    MachineResource(Registrations registrations, ArrayRegistrations arrays, MachineCommands commands,
            MachineLists lists, MachineReader reader, StatusHistories histories, CurrentUser user, Audit audit,
            ServiceAddresses addresses, Validator validator) {
        this.registrations = registrations;
        this.arrays = arrays;
        this.commands = commands;
        this.lists = lists;
        this.reader = reader;
        this.histories = histories;
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
                    .invoke(machines -> audit.didWithMany(person.id(), AuditEvent.MACHINE_REGISTERED, machines.size(),
                            address))
                    .map(machines -> created(machines).build());
        }
        return registrations.register(person, network, body.single(validator))
                .invoke(machine -> audit.did(person.id(), AuditEvent.MACHINE_REGISTERED, machine.machineId(), address))
                .map(machine -> created(machine)
                        .header(HttpHeaders.LOCATION,
                                addresses.of(context).path() + PATH + "/" + machine.machineId())
                        .build());
    }

    @GET
    @QueryParameters(value = {"owner", "status", "q", "label", "enrolledWith", "limit", "after", "sort",
            "flapping"}, mayBeEmpty = "q", mayRepeat = "label")
    @NonBlocking
    @Produces({MediaType.APPLICATION_JSON, ListFormat.TEXT_CSV})
    public Uni<Response> list(@QueryParam("owner") String owner, @QueryParam("limit") String limit,
            @QueryParam("after") String after, @QueryParam("sort") String sort, @Context UriInfo uri,
            @Context HttpHeaders headers, @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known,
            RoutingContext context) {
        ListQuery query = ListQuery.parse(Selection.parse(uri.getQueryParameters()), limit, after,
                sort == null ? ListOrder.BY_NAME : ListOrder.parse(sort)).as(ListFormat.of(headers));
        return lists.of(asked(owner), query, known, context);
    }

    @GET
    @Path("summary")
    @QueryParameters(value = {"owner", "status", "q", "label", "enrolledWith",
            "flapping"}, mayBeEmpty = "q", mayRepeat = "label")
    public MachineSummary summary(@QueryParam("owner") String owner, @Context UriInfo uri) {
        Selection selection = Selection.parse(uri.getQueryParameters());
        return asked(owner).map(owners -> reader.summary(owners, selection)).orElse(MachineSummary.NONE);
    }

    @GET
    @Path("{machineId}")
    @RolesAllowed(User.ROLE)
    public MachineDetails get(String machineId) {
        return Machine.of(seen(), machineId).map(MachineDetails::of).orElseThrow(MachineResource::notFound);
    }

    @GET
    @Path("{machineId}/history")
    @RolesAllowed(User.ROLE)
    public StatusHistory history(String machineId) {
        return histories.of(seen(), machineId).orElseThrow(MachineResource::notFound);
    }

    @PATCH
    @Path("{machineId}")
    @RolesAllowed(User.ROLE)
    public MachineDetails change(String machineId, @NotNull(message = CreateMachines.MISSING) @Valid ChangeMachine body,
            HttpServerRequest request) {
        MachineCommands.Changed changed = commands.change(user.get(), machineId, body)
                .orElseThrow(MachineResource::notFound);
        if (changed.isRenamed()) {
            audit.did(user.get().id(), AuditEvent.MACHINE_RENAMED, machineId, Network.textOf(request));
        }
        if (changed.isHandedOver()) {
            audit.did(user.get().id(), AuditEvent.MACHINE_HANDED_OVER, machineId, Network.textOf(request));
        }
        if (body.changesLabels()) {
            audit.did(user.get().id(), AuditEvent.MACHINE_LABELLED, machineId, Network.textOf(request));
        }
        return MachineDetails.of(changed.machine());
    }

    @DELETE
    @Path("{machineId}")
    @RolesAllowed(User.ROLE)
    public void delete(String machineId, HttpServerRequest request) {
        if (!commands.delete(user.get(), machineId)) {
            throw notFound();
        }
        audit.did(user.get().id(), AuditEvent.MACHINE_DELETED, machineId, Network.textOf(request));
    }

    @POST
    @Path("{machineId}/token")
    @RolesAllowed(User.ROLE)
    @Produces(MediaType.APPLICATION_JSON)
    public Response rotate(String machineId, RotateToken body, HttpServerRequest request) {
        boolean revokesOld = RotateToken.revokesOld(body);
        MachineRegistration rotated = commands.rotate(user.get(), machineId, revokesOld)
                .orElseThrow(MachineResource::notFound);
        audit.did(user.get().id(), revokesOld ? AuditEvent.TOKEN_REVOKED : AuditEvent.TOKEN_ROTATED, machineId,
                Network.textOf(request));
        return created(rotated).build();
    }

    /** Empty for who has no credential. */
    private Optional<Owners> asked(String owner) {
        return user.find().map(found -> Owners.asked(found, owner));
    }

    private Owners seen() {
        return Owners.seenBy(user.get());
    }

    private static Response.ResponseBuilder created(Object registered) {
        return Response.status(Response.Status.CREATED)
                .entity(registered)
                .header(HttpHeaders.CACHE_CONTROL, NO_STORE);
    }

    private static HttpProblem notFound() {
        return Problems.notFound("You see no machine with this id.");
    }
}
