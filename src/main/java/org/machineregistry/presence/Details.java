package org.machineregistry.presence;

import io.vertx.core.json.JsonObject;

/**
 * The details that a machine tells when it connects; null leaves what it told before.
 *
 * @param user that the agent runs as
 * @param metadata a JSON object of the machine's own
 * @param assistants a JSON array of the assistants that run
 */
public record Details(String rootDirectory, String hostname, String os, String arch, String user, String agentVersion,
        String metadata, String assistants) {
    static final Details NONE = new Details(null, null, null, null, null, null, null, null);

    /** Makes the details of a machine that tells of its assistants alone. */
    public static Details ofAssistants(String assistants) {
        return new Details(null, null, null, null, null, null, null, assistants);
    }

    /** All of it as one JSON object; null for {@link #NONE}, so that a heartbeat carries nothing. */
    String json() {
        if (this == NONE) {
            return null;
        }
        return new JsonObject()
                .put("rootDirectory", rootDirectory)
                .put("hostname", hostname)
                .put("os", os)
                .put("arch", arch)
                .put("user", user)
                .put("agentVersion", agentVersion)
                .put("metadata", metadata)
                .put("assistants", assistants)
                .encode();
    }
}
