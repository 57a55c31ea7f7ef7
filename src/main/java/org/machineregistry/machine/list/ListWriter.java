package org.machineregistry.machine.list;

import java.io.IOException;
import java.io.OutputStream;

import org.machineregistry.response.BodyMemory;
import org.machineregistry.response.BodyTooLargeException;
import org.machineregistry.response.PieceOutput;
import org.machineregistry.response.SharedBody;

/** Writes a list as it is sent while its rows are read: they need not all be in memory beside the bytes. */
final class ListWriter {
    /** Begins to write entries in a format. */
    interface Opener {
        EntryWriter open(OutputStream output) throws IOException;
    }

    private final PieceOutput output;
    private final EntryWriter entries;
    private final Integer limit;
    private int rows;
    private MachineView last;
    private boolean more;

    /**
     * @param limit how many entries the page has at most; null where it has all
     * @param largest how many bytes
     */
    ListWriter(Opener opener, Integer limit, long largest) throws IOException {
        this.limit = limit;
        output = new PieceOutput(largest);
        entries = opener.open(output);
    }

    /** @throws BodyTooLargeException where it becomes larger than it may be */
    void add(MachineView machine) throws IOException {
        if (limit != null && rows == limit) {
            more = true;
            return;
        }
        entries.write(machine);
        last = machine;
        rows++;
    }

    void close() throws IOException {
        entries.close();
    }

    /** The last entry, where more follow it in the list; else null. */
    MachineView lastBeforeMore() {
        return more ? last : null;
    }

    SharedBody share(BodyMemory memory, long taken) {
        return memory.body(output.pieces(), output.size(), taken);
    }

    /** All of it, where it may have at most a piece. */
    byte[] onlyPiece() {
        return output.pieces().get(0);
    }
}
