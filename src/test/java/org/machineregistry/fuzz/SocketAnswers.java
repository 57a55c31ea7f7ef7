package org.machineregistry.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the frames that the service sent on a WebSocket. */
final class SocketAnswers {
    private static final int OPCODE = 0x0F;
    private static final int TEXT = 1;

    final List<String> texts = new ArrayList<>();
    final List<Integer> opcodes = new ArrayList<>();
    /** With which code it was closed; 0 where it was not. */
    int closedWith;

    SocketAnswers(byte[] bytes) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.remaining() >= 2 && readOne(rest)) {
            continue;
        }
    }

    private boolean readOne(ByteBuffer rest) {
        int opcode = rest.get() & OPCODE;
        int length = rest.get() & 0xFF;
        if (length == 126) {
            if (rest.remaining() < 2) {
                return false;
            }
            length = rest.getShort() & 0xFFFF;
        }
        if (length > rest.remaining()) {
            return false;
        }
        byte[] payload = new byte[length];
        rest.get(payload);
        opcodes.add(opcode);
        if (opcode == TEXT) {
            texts.add(new String(payload, StandardCharsets.UTF_8));
        } else if (opcode == SocketGenerator.CLOSE && length >= 2) {
            closedWith = ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        }
        return true;
    }
}
