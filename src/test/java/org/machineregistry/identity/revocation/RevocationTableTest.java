package org.machineregistry.identity.revocation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

import javax.sql.DataSource;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;
import org.machineregistry.change.Resync;
import org.machineregistry.identity.User;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.build.Jwt;

/** What is kept of what was revoked, and for how long. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RevocationTableTest {
    @Inject
    RevocationTable table;

    @Inject
    DataSource database;

    @Inject
    Event<Resync> resyncs;

    @Test
    void what_has_expired_is_cleaned_away_and_nothing_else() throws SQLException {
        insert("expired", "interval '-2 hours'");
        insert("expired a moment ago", "interval '-1 minute'");
        insert("not expired", "interval '1 minute'");

        table.removeExpired();

        assertThat(count("id = 'expired'")).isZero();
        assertThat(count("id = 'expired a moment ago'")).isOne();
        assertThat(count("id = 'not expired'")).isOne();
    }

    @Test
    void what_another_replica_revoked_unheard_is_known_after_it_was_read_anew() throws SQLException {
        String jwt = session("unheard");
        insert("unheard", "interval '1 hour'");
        assertThat(current(jwt)).isEqualTo(200);

        resyncs.fire(new Resync(true));

        assertThat(current(jwt)).isEqualTo(401);
    }

    @Test
    void more_than_can_be_remembered_is_refused_and_nothing_older_is_let_in_again() throws SQLException {
        String before = session("signed out before");
        String after = session("signed out after");
        assertThat(signOut(before)).isEqualTo(204);
        execute("insert into revocation (kind, id, expires_at) select 'session', 'crowd ' || i, now() + interval '1 hour'"
                + " from generate_series(1, 100000) i");
        try {
            assertThat(signOut(after)).isEqualTo(503);

            assertThat(current(after)).isEqualTo(200);
            assertThat(current(before)).isEqualTo(401);
        } finally {
            execute("delete from revocation where id like 'crowd %'");
        }
        assertThat(signOut(after)).isEqualTo(204);
    }

    private static String session(String id) {
        return Jwt.issuer("machine-registry").subject("of " + id).groups(User.ROLE).claim("jti", id)
                .audience("urn:machine-registry:session").expiresAt(Instant.now().plusSeconds(600)).sign();
    }

    private static int current(String jwt) {
        return given().auth().oauth2(jwt).get("/api/sessions/current").statusCode();
    }

    private static int signOut(String jwt) {
        return given().auth().oauth2(jwt).delete("/api/sessions/current").statusCode();
    }

    private void insert(String id, String fromNow) throws SQLException {
        execute("insert into revocation (kind, id, expires_at) values ('session', '" + id + "', now() + " + fromNow
                + ")");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count(String condition) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from revocation where " + condition)) {
            row.next();
            return row.getLong(1);
        }
    }
}
