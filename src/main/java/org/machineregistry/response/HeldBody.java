package org.machineregistry.response;

import java.util.Iterator;

/** A shared body as one answer. */
public final class HeldBody implements PieceSource {
    private final SharedBody.Hold hold;
    private final Iterator<byte[]> pieces;

    public HeldBody(SharedBody.Hold hold) {
        this.hold = hold;
        this.pieces = hold.body().pieces().iterator();
    }

    @Override
    public void attach(Writer writer) {
        hold.onCutOff(writer::cutOff);
    }

    @Override
    public byte[] next() {
        return pieces.hasNext() ? pieces.next() : null;
    }

    @Override
    public boolean isOver() {
        return !pieces.hasNext();
    }

    @Override
    public long length() {
        return hold.body().size();
    }

    @Override
    public void ended() {
        hold.release();
    }
}
