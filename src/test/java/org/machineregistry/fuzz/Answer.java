package org.machineregistry.fuzz;

import java.util.Map;

/**
 * What the service says to a request.
 *
 * @param headers by their names in lower case; of several of one name, the last
 * @param isWhole whether its body has come to its end
 * @param isHeadAlone whether it was asked for without a body
 */
record Answer(int status, Map<String, String> headers, byte[] body, boolean isWhole,
        boolean isHeadAlone) {
    String mediaType() {
        return headers.getOrDefault("content-type", "").replaceFirst("\\s*;.*", "");
    }

    boolean isStream() {
        return mediaType().equals("text/event-stream");
    }
}
