package org.machineregistry.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;

/**
 * PostgreSQL's programs, unpacked from the class path into the data directory: a shared temporary directory could be
 * prepared by another user of the machine, and a half-done unpacking there would stay.
 */
final class PostgresBinaries {

    static final String MAJOR_VERSION = "18";
    private static final String PREFIX = "postgresql-";

    private PostgresBinaries() {}

    static Path in(DataDirectory directory) throws IOException {
        byte[] archive = archive();
        Path home = directory.resolve(PREFIX + fingerprint(archive));
        if (!Files.isDirectory(home)) {
            Path unfinished = directory.unfinished();
            unpack(archive, unfinished);
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        }
        removeOthers(directory, home);
        return home.resolve("bin");
    }

    private static byte[] archive() throws IOException {
        String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
        String hardware = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        try (InputStream archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, hardware)) {
            return archive.readAllBytes();
        } catch (IllegalStateException e) {
            throw new EmbeddedDatabaseException("No database is configured, and there is no embedded PostgreSQL for "
                    + system + " on " + hardware + " here: a build brings that of its own system, and a container none."
                    + " Set quarkus.datasource.jdbc.url, .username and .password (QUARKUS_DATASOURCE_JDBC_URL, …).", e);
        }
    }

    private static void unpack(byte[] archive, Path home) throws IOException {
        try (var entries = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            TarArchiveEntry entry;
            while ((entry = entries.getNextEntry()) != null) {
                write(entry, entries, home.resolve(entry.getName()));
            }
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, file);
        file.toFile().setExecutable((entry.getMode() & 0100) != 0, true);
    }

    private static void removeOthers(DataDirectory directory, Path home) throws IOException {
        for (Path child : directory.children()) {
            if (child.getFileName().toString().startsWith(PREFIX) && !child.equals(home)) {
                DataDirectory.removeTree(child);
            }
        }
    }

    private static String fingerprint(byte[] archive) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
