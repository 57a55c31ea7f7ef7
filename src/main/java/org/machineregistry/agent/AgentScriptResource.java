package org.machineregistry.agent;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;

import org.jboss.resteasy.reactive.ResponseHeader;
import org.machineregistry.address.ServiceAddresses;

import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;

/** The agent as a shell script, with this service's address in it. */
@Path("/agent.sh")
class AgentScriptResource {
    private final ServiceAddresses addresses;
    private final AgentScript script;

    AgentScriptResource(ServiceAddresses addresses, AgentScript script) {
        this.addresses = addresses;
        this.script = script;
    }

    @GET
    @Produces("text/x-shellscript;charset=UTF-8")
    @NonBlocking
    // It holds the address that was asked, which becomes shell code: nobody else is to get it from a cache.
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
    @ResponseHeader(name = HttpHeaders.VARY, value = HttpHeaders.HOST)
    public String script(RoutingContext context) {
        // It becomes shell code, and an agent that believed a wrong one would send its token there, for as long as it runs.
        return script.at(addresses.certain(context));
    }
}
