package org.machineregistry.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.machineregistry.address.ServiceAddress;

/** An agent as a script, which is handed out with this service's address in it. */
final class AgentDownload {
    private static final String PLACEHOLDER = "@SERVICE@";

    private final String script;

    /** @param name of the resource at the root of the class path */
    AgentDownload(String name) {
        try (InputStream source = AgentDownload.class.getResourceAsStream("/" + name)) {
            this.script = new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Gives it as it is written, without an address. */
    String text() {
        return script;
    }

    /**
     * An address is of plain characters only, and stands between single quotes: neither a shell nor PowerShell reads anything else in it.
     */
    String at(ServiceAddress service) {
        return script.replace(PLACEHOLDER, service.toString());
    }
}
