package org.machineregistry.machine;

import java.io.IOException;

import org.machineregistry.response.BodyMemory;
import org.machineregistry.response.BodyTooLargeException;
import org.machineregistry.response.PieceOutput;
import org.machineregistry.response.SharedBody;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;

/** Writes a list as it is sent while its rows are read: they need not all be in memory beside the bytes. */
final class ListWriter {
    private final PieceOutput output;
    private final SequenceWriter json;
    private final Integer limit;
    private int rows;
    private MachineView last;
    private boolean more;

    /**
     * @param limit how many entries the page has at most; null where it has all
     * @param largest how many bytes
     */
    ListWriter(ObjectWriter entries, Integer limit, long largest) throws IOException {
        this.limit = limit;
        output = new PieceOutput(largest);
        json = entries.writeValuesAsArray(output);
    }

    /** @throws BodyTooLargeException where it becomes larger than it may be */
    void add(MachineView machine) throws IOException {
        if (limit != null && rows == limit) {
            more = true;
            return;
        }
        json.write(machine);
        last = machine;
        rows++;
    }

    void close() throws IOException {
        json.close();
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
