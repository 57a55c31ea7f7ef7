package org.machineregistry.bench;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import io.smallrye.common.annotation.NonBlocking;

/** What the platform does at least for a request: the measure that a heartbeat is held against. Only in the build of the bench. */
@Path("/bench/empty")
@Consumes(MediaType.APPLICATION_JSON)
class EmptyResource {
    @POST
    @NonBlocking
    public void empty() {
    }
}
