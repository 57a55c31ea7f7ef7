package org.machineregistry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.build.Jwt;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class TestDatabaseTest {

    @Inject
    DataSource database;

    @Inject
    JWTParser parser;

    @Test
    void a_test_runs_on_a_real_postgresql() throws Exception {
        try (var connection = database.getConnection()) {
            assertEquals("PostgreSQL", connection.getMetaData().getDatabaseProductName());
        }
    }

    @Test
    void a_session_that_is_signed_is_verified() throws Exception {
        String token = Jwt.subject("someone").sign();

        assertEquals("someone", parser.parse(token).getSubject());
    }
}
