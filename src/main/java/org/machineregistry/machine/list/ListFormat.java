package org.machineregistry.machine.list;

import java.util.Locale;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/** How a list is written. */
enum ListFormat {
    JSON(MediaType.APPLICATION_JSON_TYPE), CSV(new MediaType("text", "csv", "utf-8"));

    static final String TEXT_CSV = "text/csv";
    private static final MediaType PLAIN_CSV = new MediaType("text", "csv");

    final MediaType type;

    ListFormat(MediaType type) {
        this.type = type;
    }

    /** JSON, unless the caller likes CSV better. */
    static ListFormat of(HttpHeaders headers) {
        String accepted = headers.getHeaderString(HttpHeaders.ACCEPT);
        // Most callers name no text, and lists are asked for far too often to read what they name.
        if (accepted == null || !accepted.toLowerCase(Locale.ROOT).contains("text/")) {
            return JSON;
        }
        // The media type that the client likes best comes first.
        for (MediaType one : headers.getAcceptableMediaTypes()) {
            if (one.isCompatible(JSON.type)) {
                return JSON;
            }
            if (one.isCompatible(PLAIN_CSV)) {
                return CSV;
            }
        }
        return JSON;
    }
}
