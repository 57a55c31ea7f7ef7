package org.machineregistry.presence;

/** What a machine says of itself when it connects; null is not said, and leaves what it said before. */
public record Details(String rootDirectory, String hostname, String os, String agentVersion) {
    static final Details NONE = new Details(null, null, null, null);
}
