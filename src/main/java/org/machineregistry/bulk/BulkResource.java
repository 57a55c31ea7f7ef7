package org.machineregistry.bulk;

import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.machineregistry.audit.Audit;
import org.machineregistry.audit.AuditEvent;
import org.machineregistry.http.Problems;
import org.machineregistry.http.QueryParameters;
import org.machineregistry.identity.CurrentUser;
import org.machineregistry.identity.Owners;
import org.machineregistry.identity.User;
import org.machineregistry.limit.Network;
import org.machineregistry.machine.selection.Selection;

import io.vertx.core.http.HttpServerRequest;

/** Changes and deletes many machines at once: all that a selection means, and no other number of them than the caller expects. */
@Path("/api/machines")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class BulkResource {
    private final BulkChanges changes;
    private final CurrentUser user;
    private final Audit audit;

    BulkResource(BulkChanges changes, CurrentUser user, Audit audit) {
        this.changes = changes;
        this.user = user;
        this.audit = audit;
    }

    @PATCH
    @RolesAllowed(User.ROLE)
    @QueryParameters(value = {"owner", "status", "q", "label", "enrolledWith", "flapping",
            "expect"}, mayBeEmpty = "q", mayRepeat = "label")
    public BulkResult change(@QueryParam("owner") String owner, @QueryParam("expect") String expect,
            @Context UriInfo uri, @NotNull(message = "a JSON object is needed") @Valid ChangeMachines body,
            HttpServerRequest request) {
        List<String> changed = changes.change(user.get(), target(owner, expect, uri), body);
        audit.didWithMany(user.get().id(), AuditEvent.MACHINES_CHANGED, changed, Network.textOf(request));
        return new BulkResult(changed.size());
    }

    @DELETE
    @RolesAllowed(User.ROLE)
    @QueryParameters(value = {"owner", "status", "q", "label", "enrolledWith", "flapping",
            "expect"}, mayBeEmpty = "q", mayRepeat = "label")
    public BulkResult delete(@QueryParam("owner") String owner, @QueryParam("expect") String expect,
            @Context UriInfo uri, HttpServerRequest request) {
        List<String> changed = changes.delete(user.get(), target(owner, expect, uri));
        audit.didWithMany(user.get().id(), AuditEvent.MACHINES_DELETED, changed, Network.textOf(request));
        return new BulkResult(changed.size());
    }

    private BulkTarget target(String owner, String expect, UriInfo uri) {
        Selection selection = Selection.parse(uri.getQueryParameters());
        if (owner == null && selection.equals(Selection.ALL)) {
            throw Problems.invalid("owner",
                    "is needed where nothing else says which machines are meant: me, a team, or all");
        }
        if (expect == null || !expect.matches("[0-9]{1,9}")) {
            throw Problems.invalid("expect", "must say how many machines are meant");
        }
        return new BulkTarget(Owners.asked(user.get(), owner), selection, Long.parseLong(expect));
    }
}
