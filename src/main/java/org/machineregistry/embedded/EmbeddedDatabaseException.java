package org.machineregistry.embedded;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Why the embedded database cannot run, as one line for the person who started the service. */
public class EmbeddedDatabaseException extends RuntimeException {

    private static final String WAY_OUT = " Set embedded.data-dir to another directory, or quarkus.datasource.jdbc.url to a PostgreSQL.";

    EmbeddedDatabaseException(String message) {
        super(message);
    }

    EmbeddedDatabaseException(String message, Throwable cause) {
        super(message, cause);
    }

    static EmbeddedDatabaseException at(Path directory, String reason) {
        return new EmbeddedDatabaseException(text(directory, reason));
    }

    static EmbeddedDatabaseException at(Path directory, IOException cause) {
        return new EmbeddedDatabaseException(text(directory, describe(cause)), cause);
    }

    private static String text(Path directory, String reason) {
        return "The embedded PostgreSQL cannot run in " + directory + ": " + reason + "." + WAY_OUT;
    }

    // The JDK leaves the reason to the class name and puts only the file into the message.
    private static String describe(IOException cause) {
        if (cause instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (cause instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        if (cause instanceof FileSystemException failure && failure.getReason() == null) {
            return failure.getFile() + " is in the way";
        }
        return cause.getMessage();
    }
}
