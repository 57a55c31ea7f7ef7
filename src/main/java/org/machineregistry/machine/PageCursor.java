package org.machineregistry.machine;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.machineregistry.http.Problems;
import org.machineregistry.http.StrictJson;
import org.machineregistry.text.NaturalOrder;

/** The last machine of a page, opaque to its reader. It holds the place itself, so that a machine deleted meanwhile does no harm. */
record PageCursor(String sortName, String machineId) {
    // No name contains it, so that the two parts come apart again.
    private static final char SEPARATOR = '\n';
    // As long as the columns of the database.
    private static final int LONGEST = 300 + 1 + 64;

    static PageCursor of(MachineView last) {
        return new PageCursor(NaturalOrder.withoutCase(last.name()), last.machineId());
    }

    static PageCursor parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            String decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            int end = decoded.indexOf(SEPARATOR);
            if (end > 0 && decoded.length() <= LONGEST && StrictJson.isWellFormed(decoded)) {
                return new PageCursor(decoded.substring(0, end), decoded.substring(end + 1));
            }
        } catch (IllegalArgumentException | CharacterCodingException notOurs) {
            // Answered below, like any other cursor that was not made here.
        }
        throw Problems.invalid("after", "must be a cursor of an earlier answer");
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((sortName + SEPARATOR + machineId).getBytes(StandardCharsets.UTF_8));
    }
}
