package org.machineregistry.embedded;

import java.nio.file.Path;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * Takes the embedded database's place in a native executable, so that neither it nor its libraries get into the image.
 *
 * <p>Reaches into GraalVM's substitutions, for a class of the service's own: no setting of the build leaves one out.
 */
@TargetClass(EmbeddedDatabase.class)
final class NoEmbeddedDatabase {

    @Substitute
    public static EmbeddedDatabase start(Path path) {
        throw new EmbeddedDatabaseException(
                "No database is configured: set quarkus.datasource.jdbc.url, .username and .password"
                        + " (QUARKUS_DATASOURCE_JDBC_URL, …). The native executable brings none of its own.");
    }
}
