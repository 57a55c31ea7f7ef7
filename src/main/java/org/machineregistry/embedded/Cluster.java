package org.machineregistry.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The database's files and the password to it, made once. */
final class Cluster {

    static final String USER = "machine_registry";

    private final Path files;
    private final String password;

    private Cluster(Path files, String password) {
        this.files = files;
        this.password = password;
    }

    static Cluster in(DataDirectory directory, PostgresPrograms programs) throws IOException {
        Path files = directory.resolve("database");
        Path passwordFile = directory.resolve("database-password");
        if (Files.exists(files)) {
            requireReadable(directory, files, passwordFile);
        } else {
            KeptFile.write(passwordFile, randomPassword());
            create(directory, programs, passwordFile, files);
        }
        return new Cluster(files, Files.readString(passwordFile));
    }

    Path files() {
        return files;
    }

    String password() {
        return password;
    }

    private static void create(DataDirectory directory, PostgresPrograms programs, Path passwordFile, Path files)
            throws IOException {
        Path unfinished = directory.unfinished();
        var result = programs.run("initdb", "-D", unfinished.toString(), "-U", USER, "--pwfile=" + passwordFile,
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8", "--no-instructions");
        if (result.failed()) {
            DataDirectory.removeTree(unfinished);
            throw EmbeddedDatabaseException.at(directory.path(), result.reason());
        }
        Files.move(unfinished, files, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void requireReadable(DataDirectory directory, Path files, Path passwordFile) throws IOException {
        String version = Files.readString(files.resolve("PG_VERSION")).trim();
        if (!version.equals(PostgresBinaries.MAJOR_VERSION)) {
            throw EmbeddedDatabaseException.at(directory.path(), "its files are of PostgreSQL " + version
                    + ", and this is PostgreSQL " + PostgresBinaries.MAJOR_VERSION);
        }
        if (!Files.exists(passwordFile)) {
            throw EmbeddedDatabaseException.at(directory.path(), passwordFile.getFileName() + " is missing");
        }
    }

    private static String randomPassword() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
