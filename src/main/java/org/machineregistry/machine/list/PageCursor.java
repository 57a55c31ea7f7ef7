package org.machineregistry.machine.list;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.machineregistry.http.Problems;
import org.machineregistry.http.StrictJson;

/** The last machine of a page, opaque to its reader. It holds the place itself, so that a machine deleted meanwhile does no harm. */
record PageCursor(ListOrder order, String place, String machineId) {
    // No name contains it, so that the parts come apart again. Where it stands first, the order follows, which else is by name.
    private static final char SEPARATOR = '\n';
    // The columns of the database are that long.
    private static final int LONGEST = 300 + 1 + 64;

    static PageCursor of(ListOrder order, MachineView last) {
        return new PageCursor(order, order.placeOf(last), last.machineId());
    }

    /** @param order of the list that it shall be a place in */
    static PageCursor parse(ListOrder order, String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            String decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            String prefix = prefixOf(order);
            String ours = decoded.startsWith(prefix) ? decoded.substring(prefix.length()) : "";
            int end = ours.indexOf(SEPARATOR);
            if (end > 0 && ours.length() <= LONGEST && StrictJson.isWellFormed(ours)
                    && order.valueOf(ours.substring(0, end)).isPresent()) {
                return new PageCursor(order, ours.substring(0, end), ours.substring(end + 1));
            }
        } catch (IllegalArgumentException | CharacterCodingException notOurs) {
            // Answered below, like any other cursor that was not made here.
        }
        throw Problems.invalid("after", "must be a cursor of an earlier answer in the same order");
    }

    /** Versions before this one know the order by name alone. */
    private static String prefixOf(ListOrder order) {
        return order.equals(ListOrder.BY_NAME) ? "" : SEPARATOR + order.toString() + SEPARATOR;
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((prefixOf(order) + place + SEPARATOR + machineId).getBytes(StandardCharsets.UTF_8));
    }
}
