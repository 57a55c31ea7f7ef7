package org.machineregistry.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

/** The directory of everything that is kept, locked for one service: whoever holds the lock may treat a server found here as left over. */
final class DataDirectory implements Closeable {

    private static final Logger LOG = Logger.getLogger(DataDirectory.class);
    private static final String UNFINISHED = "unfinished-";
    private static final Duration LIVE_RELOAD = Duration.ofSeconds(30);

    private final Path path;
    private final FileChannel channel;

    private DataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static DataDirectory lock(Path directory) throws IOException {
        Path path = create(directory.toAbsolutePath().normalize());
        FileChannel channel = FileChannel.open(path.resolve("lock"), CREATE, READ, WRITE);
        try {
            if (tryLock(channel) == null) {
                throw EmbeddedDatabaseException.at(path, "the service with process id " + read(channel) + " uses it");
            }
            channel.truncate(0).write(utf8(Long.toString(ProcessHandle.current().pid())), 0);
            return new DataDirectory(path, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** A new directory for something made in several steps; it is no part of the data until it is moved to its name. */
    Path unfinished() throws IOException {
        return Files.createTempDirectory(path, UNFINISHED);
    }

    void removeUnfinished() throws IOException {
        for (Path child : children()) {
            if (child.getFileName().toString().startsWith(UNFINISHED)) {
                removeIfQuiet(child);
            }
        }
    }

    List<Path> children() throws IOException {
        try (Stream<Path> children = Files.list(path)) {
            return children.toList();
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    static void removeTree(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path file : tree.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    // A PostgreSQL that a killed service had started may still write there; then a later start removes the directory.
    private static void removeIfQuiet(Path unfinished) {
        try {
            removeTree(unfinished);
        } catch (IOException | UncheckedIOException e) {
            LOG.debugf(e, "%s stays for now", unfinished);
        }
    }

    private static Path create(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return directory.toRealPath();
        }
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        return Files.createDirectories(directory, ownerOnly).toRealPath();
    }

    // A live reload starts the next run in the same process while the last one may still be closing.
    private static FileLock tryLock(FileChannel channel) throws IOException {
        long end = System.nanoTime() + LIVE_RELOAD.toNanos();
        while (true) {
            try {
                return channel.tryLock();
            } catch (OverlappingFileLockException e) {
                if (System.nanoTime() > end) {
                    return null;
                }
                Pause.milliseconds(50);
            }
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(20);
        channel.read(content, 0);
        return StandardCharsets.UTF_8.decode(content.flip()).toString();
    }

    private static ByteBuffer utf8(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }
}
