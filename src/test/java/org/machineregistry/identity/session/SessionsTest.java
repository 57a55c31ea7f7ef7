package org.machineregistry.identity.session;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;
import org.machineregistry.database.DatabaseAvailability;
import org.machineregistry.identity.User;
import org.machineregistry.identity.jwt.SessionLifetime;
import org.machineregistry.identity.jwt.SessionsConfig;
import org.machineregistry.identity.jwt.SignedTokens;
import org.machineregistry.identity.jwt.TokenSigner;
import org.machineregistry.identity.provider.ProviderSettings;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** When a session began, and when it ends. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SessionsTest {
    private static final Duration TO_SIGN_IT = Duration.ofSeconds(20);

    @Inject
    SessionsConfig config;

    @Inject
    SessionLifetime lifetime;

    @Inject
    ProviderSettings provider;

    @Inject
    SessionLimit limit;

    @Inject
    TokenSigner signer;

    @Test
    void a_session_begins_by_the_database_s_clock_whatever_this_replica_s_says() {
        DatabaseAvailability database = new DatabaseAvailability();
        long anHourAgo = Instant.now().minus(Duration.ofHours(1)).toEpochMilli();
        database.answered(MILLISECONDS.toMicros(anHourAgo), System.nanoTime());
        Sessions sessions = new Sessions(config, lifetime, provider, limit, signer, Clock.systemUTC(), database);

        Session session = sessions.start("somebody", true);

        long startedAt = SignedTokens.payload(session.token()).getLong("session_started");
        assertThat(startedAt - TimeUnit.MILLISECONDS.toSeconds(anHourAgo)).isBetween(0L, TO_SIGN_IT.toSeconds());
    }

    @Test
    void who_has_an_account_signs_in_again_now_and_then_and_nobody_else_could() {
        Instant now = Instant.now();
        Duration longest = lifetime.get();

        assertThat(lifetime.end(begun(now, false), now)).isBetween(now.plus(longest).minusSeconds(1),
                now.plus(longest));
        assertThat(lifetime.end(begun(now.minus(longest.dividedBy(2)), false), now)).isBetween(
                now.plus(longest.dividedBy(2)).minusSeconds(1), now.plus(longest.dividedBy(2)));
        assertThat(lifetime.end(begun(now.minus(longest.dividedBy(2)), true), now)).isEqualTo(now.plus(longest));
    }

    private static User begun(Instant at, boolean anonymous) {
        return new User("somebody", at, anonymous, "a session", at.getEpochSecond());
    }
}
