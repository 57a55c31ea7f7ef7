package org.machineregistry.machine.list;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.machineregistry.identity.Owners;
import org.machineregistry.response.BodyTooLargeException;

/** Makes lists of rows that come owner by owner, and leaves out those that are large. */
final class SmallLists implements MachineReader.RowSink {
    private static final byte[] EMPTY = {'[', ']'};

    private final Set<String> owners;
    private final ListPages pages;
    private final Map<String, byte[]> lists = new HashMap<>();
    private final Set<String> large = new HashSet<>();
    private String owner;
    private ListWriter writer;
    private int rows;

    SmallLists(Set<String> owners, ListPages pages) {
        this.owners = owners;
        this.pages = pages;
    }

    @Override
    public void begin() {
        lists.clear();
        large.clear();
        owner = null;
        writer = null;
    }

    @Override
    public void row(MachineView machine) throws IOException {
        if (!machine.owner().equals(owner)) {
            endList();
            owner = machine.owner();
            writer = pages.writer(Question.forAll(Owners.of(owner)).query(), LargeLists.SMALL_BYTES);
            rows = 0;
        }
        rows++;
        if (writer != null) {
            write(machine);
        }
    }

    private void write(MachineView machine) throws IOException {
        if (rows > LargeLists.SMALL_ROWS) {
            leaveOut();
            return;
        }
        try {
            writer.add(machine);
        } catch (BodyTooLargeException tooLarge) {
            leaveOut();
        }
    }

    private void leaveOut() {
        large.add(owner);
        writer = null;
    }

    private void endList() throws IOException {
        if (writer == null) {
            return;
        }
        try {
            writer.close();
            lists.put(owner, writer.onlyPiece());
        } catch (BodyTooLargeException tooLarge) {
            leaveOut();
        }
    }

    /** The lists of all owners but those whose list is large. */
    Map<String, byte[]> end() {
        try {
            endList();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        for (String each : owners) {
            if (!large.contains(each)) {
                lists.putIfAbsent(each, EMPTY);
            }
        }
        return lists;
    }
}
