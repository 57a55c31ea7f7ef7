package org.machineregistry.change;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.machineregistry.change.Change.Kind;

import io.vertx.core.json.JsonArray;

/** Changes as payloads of NOTIFY: JSON arrays of {@code [kind, owner, machineId, connection?]}, none over PostgreSQL's limit. */
final class ChangeCodec {
    static final String RESYNC = "[]";
    private static final int LONGEST_PAYLOAD = 7_900;

    private ChangeCodec() {}

    static List<String> encode(List<Change> changes) {
        List<String> payloads = new ArrayList<>();
        StringBuilder payload = new StringBuilder();
        int length = 0;
        for (Change change : changes) {
            String entry = encode(change);
            int entryLength = entry.getBytes(StandardCharsets.UTF_8).length + 1;
            if (length + entryLength > LONGEST_PAYLOAD) {
                payloads.add(payload.append(']').toString());
                payload.setLength(0);
                length = 0;
            }
            payload.append(length == 0 ? '[' : ',').append(entry);
            length += entryLength;
        }
        if (length > 0) {
            payloads.add(payload.append(']').toString());
        }
        return payloads;
    }

    private static String encode(Change change) {
        JsonArray entry = JsonArray.of(change.kind().ordinal(), change.owner(), change.machineId());
        return (change.connection() == 0 ? entry : entry.add(change.connection())).encode();
    }

    static List<Change> decode(String payload) {
        JsonArray entries = new JsonArray(payload);
        List<Change> changes = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            JsonArray entry = entries.getJsonArray(i);
            changes.add(new Change(Kind.values()[entry.getInteger(0)], entry.getString(1), entry.getString(2),
                    entry.size() > 3 ? entry.getLong(3) : 0));
        }
        return changes;
    }
}
