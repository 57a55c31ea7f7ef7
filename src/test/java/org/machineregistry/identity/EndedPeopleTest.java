package org.machineregistry.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.smallrye.jwt.build.Jwt;

/** What is registered in the moment in which a person ends. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class EndedPeopleTest {
    private static final String WAITING = "select exists (select from pg_locks where locktype = 'advisory' and not granted)";

    @Inject
    DataSource database;

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\": \"one\"}", "[{\"name\": \"one\"}, {\"name\": \"two\"}]"})
    void machines_that_somebody_registers_while_they_end_are_refused(String body) throws Exception {
        String person = "ends while registering " + body.length();
        try (Connection ending = database.getConnection()) {
            ending.setAutoCommit(false);
            EndedPeople.lock(ending, person);

            CompletableFuture<Integer> answer = CompletableFuture.supplyAsync(() -> register(person, body));
            await().until(() -> isSomebodyWaiting());
            execute(ending, "insert into revocation (kind, id, started_until, expires_at) values ('person', '" + person
                    + "', now(), now() + interval '1 hour')");
            ending.commit();
            ending.setAutoCommit(true);

            assertThat(answer.get()).isEqualTo(401);
        }
    }

    private static int register(String person, String body) {
        String jwt = Jwt.issuer("machine-registry").subject(person).groups(User.ROLE)
                .claim("jti", "session: " + person).claim(Sessions.ANONYMOUS, true)
                .audience(Purpose.SESSION.audience).expiresAt(Instant.now().plusSeconds(600)).sign();
        return given().auth().oauth2(jwt).contentType(ContentType.JSON).body(body).post("/api/machines").statusCode();
    }

    private boolean isSomebodyWaiting() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(WAITING)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
