package org.machineregistry.fault;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;

/** A directory of which each file is known that ever was in it, however short. */
final class WatchedDirectory implements AutoCloseable {
    private static final String LAST = "last";

    private final Path directory;
    private final WatchService watch = FileSystems.getDefault().newWatchService();

    WatchedDirectory(Path directory) throws IOException {
        this.directory = Files.createDirectory(directory);
        directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
    }

    /** The names of all that was made up to now. */
    List<String> made() throws IOException, InterruptedException {
        Files.createFile(directory.resolve(LAST));
        List<String> names = new ArrayList<>();
        while (!names.contains(LAST)) {
            WatchKey key = watch.take();
            for (WatchEvent<?> event : key.pollEvents()) {
                names.add(event.context().toString());
            }
            key.reset();
        }
        names.remove(LAST);
        return names;
    }

    @Override
    public void close() throws IOException {
        watch.close();
    }
}
