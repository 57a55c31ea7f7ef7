package org.machineregistry.machine;

import java.io.IOException;

/** Writes the entries of a list, one after another. */
interface EntryWriter {
    void write(MachineView machine) throws IOException;

    /** Comes after the last one. */
    void close() throws IOException;
}
