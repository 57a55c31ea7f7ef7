package org.machineregistry.identity.session;

import static jakarta.interceptor.Interceptor.Priority.LIBRARY_BEFORE;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import javax.sql.DataSource;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.StartupEvent;

/** The id that tells this service from others on the same host. All its replicas have the same, which came with the database's schema. */
@Singleton
class ServiceId {
    private final DataSource database;
    private volatile String id;

    ServiceId(DataSource database) {
        this.database = database;
    }

    /** Eight hexadecimal digits. */
    String get() {
        return id;
    }

    // Before threads start, which a start that fails here would leave behind.
    void read(@Observes @Priority(LIBRARY_BEFORE) StartupEvent event) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement("select id from service_id");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            id = rows.getString(1);
        }
    }
}
