package org.machineregistry.response;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gathers a body in pieces, so that a large one needs no large array and is not copied when it grows. */
public final class PieceOutput extends OutputStream {
    private static final int PIECE = 64 * 1024;
    private static final int FIRST_PIECE = 8 * 1024;

    private final long largest;
    private final List<byte[]> pieces = new ArrayList<>();
    private byte[] piece = new byte[FIRST_PIECE];
    private int used;
    private long size;

    public PieceOutput(long largest) {
        this.largest = largest;
    }

    @Override
    public void write(int one) throws BodyTooLargeException {
        write(new byte[]{(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws BodyTooLargeException {
        size += length;
        if (size > largest) {
            pieces.clear();
            throw new BodyTooLargeException(largest);
        }
        int from = offset;
        for (int left = length; left > 0;) {
            int some = Math.min(left, room(left));
            System.arraycopy(bytes, from, piece, used, some);
            used += some;
            from += some;
            left -= some;
        }
    }

    private int room(int wanted) {
        if (used == PIECE) {
            pieces.add(piece);
            piece = new byte[PIECE];
            used = 0;
        } else if (used + wanted > piece.length && piece.length < PIECE) {
            piece = Arrays.copyOf(piece, Math.min(PIECE, Math.max(2 * piece.length, used + wanted)));
        }
        return piece.length - used;
    }

    public long size() {
        return size;
    }

    /** All of it, in pieces of at most 64 KiB. To be called once, at the end. */
    public List<byte[]> pieces() {
        if (used > 0) {
            pieces.add(used == piece.length ? piece : Arrays.copyOf(piece, used));
            used = 0;
        }
        return pieces;
    }
}
