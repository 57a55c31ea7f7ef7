package org.machineregistry.fuzz;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One operation of the document.
 *
 * @param body the schema of its body; null where it takes none
 * @param answers the statuses that it may answer with, and the media types of each
 * @param schemes what may be presented to it, by the names that the document gives them
 */
record Operation(String method, String path, List<Parameter> parameters, JsonNode body,
        Map<Integer, Set<String>> answers, List<String> schemes) {

    /** @param in {@code path}, {@code query} or {@code header} */
    record Parameter(String name, String in, JsonNode schema) {}

    boolean isForMachines() {
        return path.startsWith("/api/agent/");
    }

    /** Whether, or with another method, it may end the session that it is asked with. */
    boolean isAboutSessions() {
        return path.startsWith("/api/sessions");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
