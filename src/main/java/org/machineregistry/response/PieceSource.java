package org.machineregistry.response;

/** The pieces of an answer: each is asked for when the reader has taken the one before. */
public interface PieceSource {
    /** Who writes the pieces. */
    interface Writer {
        /** There is something to be written again. Never blocks. */
        void more();

        /** Ends the answer in the middle of it. */
        void cutOff();
    }

    /** Comes first, before any piece is asked for. */
    void attach(Writer writer);

    /** The next piece, which nobody changes any more; null while there is none. Never blocks. */
    byte[] next();

    /** Whether there will be no piece any more. Asked when there is none. */
    boolean isOver();

    /** How many bytes it is in all; negative where that is not known. */
    long length();

    /** The reader has all of it, or has gone, or was cut off. May be called more than once. */
    void ended();
}
