package org.machineregistry.alert;

import java.net.URI;
import java.util.Map;

/**
 * A POST.
 *
 * @param url null for the one of the settings
 */
record AlertRequest(URI url, Map<String, String> headers, byte[] body) {
    static final String CONTENT_TYPE = "Content-Type";

    static AlertRequest json(byte[] body) {
        return new AlertRequest(null, Map.of(CONTENT_TYPE, "application/json"), body);
    }
}
