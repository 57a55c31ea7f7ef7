package org.machineregistry.attack;

import java.nio.ByteBuffer;

/** Frames of HTTP/2, good and bad: https://www.rfc-editor.org/rfc/rfc9113#section-4.1 */
public final class Http2Frame {
    private static final int HEAD = 9;

    private Http2Frame() {}

    public static byte[] of(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(HEAD + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }
}
