package org.machineregistry.change;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

import org.machineregistry.change.Change.Kind;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;

/**
 * Changes as payloads of NOTIFY, none over PostgreSQL's limit: JSON arrays of when it was said (milliseconds since the epoch, by
 * the speaker's clock) and then {@code [kind, owner, machineId, connection?]} for each, the kind by name. No change at all is a resync.
 */
final class ChangeCodec {
    private static final int LONGEST_PAYLOAD = 7_900;

    /** One payload. */
    record Said(long at, List<Change> changes) {}

    private ChangeCodec() {}

    static String resync(long saidAt) {
        return "[" + saidAt + "]";
    }

    static List<String> encode(List<Change> changes, long saidAt) {
        List<String> payloads = new ArrayList<>();
        String start = "[" + saidAt;
        StringBuilder payload = new StringBuilder(start);
        int length = start.length();
        for (Change change : changes) {
            String entry = encode(change);
            int entryLength = entry.getBytes(StandardCharsets.UTF_8).length + 1;
            if (length + entryLength > LONGEST_PAYLOAD) {
                payloads.add(payload.append(']').toString());
                payload.setLength(start.length());
                length = start.length();
            }
            payload.append(',').append(entry);
            length += entryLength;
        }
        if (length > start.length()) {
            payloads.add(payload.append(']').toString());
        }
        return payloads;
    }

    private static String encode(Change change) {
        JsonArray entry = JsonArray.of(change.kind().label, change.owner(), change.machineId());
        return (change.connection() == 0 ? entry : entry.add(change.connection())).encode();
    }

    /** Reads a payload; gives nothing for one that this version does not understand: a newer one, which runs beside it during an update, may say more. */
    static Optional<Said> decode(String payload) {
        try {
            JsonArray entries = new JsonArray(payload);
            List<Change> changes = new ArrayList<>(entries.size());
            for (int i = 1; i < entries.size(); i++) {
                changes.add(decode(entries.getJsonArray(i)));
            }
            return Optional.of(new Said(entries.getLong(0), changes));
        } catch (DecodeException | ClassCastException | NullPointerException | IndexOutOfBoundsException
                | NoSuchElementException unknown) {
            return Optional.empty();
        }
    }

    private static Change decode(JsonArray entry) {
        return new Change(Kind.of(entry.getString(0)).orElseThrow(), Objects.requireNonNull(entry.getString(1)),
                Objects.requireNonNull(entry.getString(2)), entry.size() > 3 ? entry.getLong(3) : 0);
    }
}
