package org.machineregistry.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import org.machineregistry.address.ServiceAddress;

/** The agent that this service hands out. */
@Singleton
class AgentScript {
    private static final String PLACEHOLDER = "@SERVICE@";
    private static final Pattern VERSION = Pattern.compile("^AGENT_VERSION='([^']+)'$", Pattern.MULTILINE);

    private final String text = read();
    private final String version = versionIn(text);

    private static String read() {
        try (InputStream source = AgentScript.class.getResourceAsStream("/agent.sh")) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String versionIn(String text) {
        Matcher line = VERSION.matcher(text);
        if (!line.find()) {
            throw new IllegalStateException("agent.sh does not say which version it is");
        }
        return line.group(1);
    }

    String at(ServiceAddress address) {
        return text.replace(PLACEHOLDER, address.toString());
    }

    /** As its machines tell it, such as {@code agent.sh 1.4}. */
    String version() {
        return version;
    }
}
