package org.machineregistry.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A small file, for the owner only, that is there whole or not at all. */
final class KeptFile {

    private KeptFile() {}

    static Path write(Path file, String content) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path unfinished = Files.createTempFile(file.getParent(), "unfinished-", "", ownerOnly);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode(content));
            channel.force(true);
        }
        return Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
