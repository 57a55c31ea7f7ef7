package org.machineregistry.machine.list;

import jakarta.ws.rs.core.EntityTag;

import org.machineregistry.response.HeldBody;
import org.machineregistry.response.SharedBody;

/**
 * A list or a page of it as it is sent: bytes, so that the strong ETag is that of what is sent.
 *
 * @param bytes a small one; null where it is large
 * @param hold this reader's share of a large one; null where it is small
 * @param tag null where nobody asks for it
 * @param next where the next page is, below the service's address; null where there is no more
 */
public record ListPage(byte[] bytes, SharedBody.Hold hold, EntityTag tag, String next) {
    public static ListPage small(byte[] bytes, EntityTag tag, String next) {
        return new ListPage(bytes, null, tag, next);
    }

    public static ListPage large(SharedBody.Hold hold, EntityTag tag, String next) {
        return new ListPage(null, hold, tag, next);
    }

    /** The same page for one more reader. */
    ListPage held() {
        return new ListPage(null, hold.body().hold(), tag, next);
    }

    public Object body() {
        return hold == null ? bytes : new HeldBody(hold);
    }

    void release() {
        if (hold != null) {
            hold.release();
        }
    }
}
