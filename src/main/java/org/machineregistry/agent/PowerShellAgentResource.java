package org.machineregistry.agent;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;

import org.jboss.resteasy.reactive.ResponseHeader;
import org.machineregistry.address.ServiceAddresses;

import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;

/** The agent for PowerShell on Windows, with this service's address in it. As plain text, which PowerShell takes as it is. */
@Path("/agent.ps1")
class PowerShellAgentResource {
    private final ServiceAddresses addresses;
    private final AgentDownload agent = new AgentDownload("agent.ps1");

    PowerShellAgentResource(ServiceAddresses addresses) {
        this.addresses = addresses;
    }

    @GET
    @Produces("text/plain;charset=UTF-8")
    @NonBlocking
    // It holds the address that was asked, which becomes PowerShell code: nobody else is to get it from a cache.
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
    @ResponseHeader(name = HttpHeaders.VARY, value = HttpHeaders.HOST)
    public String script(RoutingContext context) {
        // It becomes PowerShell code, and an agent that believed a wrong one would send its token there, for as long as it runs.
        return agent.at(addresses.certain(context));
    }
}
