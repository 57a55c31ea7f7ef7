package org.machineregistry.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

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
    private static final String PLACEHOLDER = "@SERVICE@";

    private final ServiceAddresses addresses;
    private final String script;

    AgentScriptResource(ServiceAddresses addresses) {
        this.addresses = addresses;
        this.script = read();
    }

    private static String read() {
        try (InputStream source = AgentScriptResource.class.getResourceAsStream("/agent.sh")) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @GET
    @Produces("text/x-shellscript;charset=UTF-8")
    @NonBlocking
    // It holds the address that was asked, which becomes shell code: nobody else is to get it from a cache.
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
    @ResponseHeader(name = HttpHeaders.VARY, value = HttpHeaders.HOST)
    public String script(RoutingContext context) {
        // It becomes shell code, and an agent that believed a wrong one would send its token there, for as long as it runs.
        return script.replace(PLACEHOLDER, addresses.certain(context).toString());
    }
}
