package org.machineregistry.machine.list;

import java.io.IOException;

/** Writes the entries of a list, one after another. */
interface EntryWriter {
    void write(MachineView machine) throws IOException;

    /** Writes what comes after the last entry. */
    void close() throws IOException;
}
