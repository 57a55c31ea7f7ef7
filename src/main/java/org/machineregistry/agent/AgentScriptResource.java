package org.machineregistry.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.machineregistry.problem.Problems;

import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.http.HttpServerRequest;

/** The agent as a shell script, with this service's address in it. */
@Path("/agent.sh")
class AgentScriptResource {
    private static final String PLACEHOLDER = "@SERVICE@";
    // The address becomes shell code: nothing but what a plain host is made of gets in.
    private static final Pattern PLAIN_HOST = Pattern
            .compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

    private final Optional<String> serviceUrl;
    private final String script;

    AgentScriptResource(@ConfigProperty(name = "service.url") Optional<String> serviceUrl) {
        this.serviceUrl = serviceUrl;
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
    public String script(HttpServerRequest request) {
        return script.replace(PLACEHOLDER,
                serviceUrl.map(AgentScriptResource::withoutSlash).orElseGet(() -> asked(request)));
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static String asked(HttpServerRequest request) {
        String host = request.authority() == null ? "" : request.authority().toString();
        if (!PLAIN_HOST.matcher(host).matches()) {
            throw Problems.of(400, "The Host of the request is no plain host[:port].");
        }
        return request.scheme() + "://" + host;
    }
}
