package org.machineregistry.agent;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import org.machineregistry.address.ServiceAddress;

/** The agent that this service hands out. */
@Singleton
class AgentScript {
    private static final Pattern VERSION = Pattern.compile("^AGENT_VERSION='([^']+)'$", Pattern.MULTILINE);

    private final AgentDownload download = new AgentDownload("agent.sh");
    private final String version = versionIn(download.text());

    private static String versionIn(String text) {
        Matcher line = VERSION.matcher(text);
        if (!line.find()) {
            throw new IllegalStateException("agent.sh does not say which version it is");
        }
        return line.group(1);
    }

    String at(ServiceAddress address) {
        return download.at(address);
    }

    /** The version that its machines tell, such as {@code agent.sh 1.4}. */
    String version() {
        return version;
    }
}
