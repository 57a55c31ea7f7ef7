package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import com.fasterxml.jackson.databind.JsonNode;

/** A session that was signed out at one replica is refused by the other, whatever happened in between. */
@ExtendWith(Site.Extension.class)
class SignedOutIT {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    /** A replica whose listening connection broke has a new one by then. */
    private static final Duration LISTENS_AGAIN_WITHIN = Duration.ofSeconds(4);
    private static final String KILL_ALL_CONNECTIONS = "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            + " where backend_type = 'client backend' and pid <> pg_backend_pid()";

    /** A stream that comes back where it is let in, as a browser's does. */
    private static final class Watched implements EventStream.Listener, AutoCloseable {
        private final AtomicBoolean open = new AtomicBoolean();
        private final EventStream stream;

        Watched(Replica replica, User user) {
            stream = new EventStream(replica, user, this).start();
            Awaitility.await().atMost(Api.PATIENCE).untilTrue(open);
        }

        @Override
        public void onOpen() {
            // It is open with its first event.
        }

        @Override
        public void onEvent(String type, JsonNode data) {
            open.set(true);
        }

        @Override
        public void onClose() {
            open.set(false);
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    @Test
    void a_signed_out_session_is_refused_at_the_other_replica_within_a_second_and_its_stream_ends(Site site) {
        User user = User.at(site.a);
        User other = User.at(site.a);
        try (Watched stream = new Watched(site.b, user); Watched theirs = new Watched(site.b, other)) {
            long signedOut = System.nanoTime();
            signOut(site.a, "/api/sessions/current", user);
            long refused = awaitRefusal(site.b, user, AT_ONCE, signedOut);
            Awaitility.await().atMost(AT_ONCE).untilFalse(stream.open);
            long ended = Figures.millisSince(signedOut);

            assertEquals(401, current(site.a, user));
            assertEquals(200, current(site.b, other));
            assertEquals(true, theirs.open.get());
            Figures.print("signed out at the other replica", "refused after %d ms, its stream ended after %d ms",
                    refused,
                    ended);
        }
    }

    @Test
    void a_person_who_signed_out_everywhere_is_refused_at_the_other_replica_within_a_second(Site site) {
        User user = User.at(site.a);
        try (Watched stream = new Watched(site.b, user)) {
            long signedOut = System.nanoTime();
            signOut(site.a, "/api/sessions", user);
            awaitRefusal(site.b, user, AT_ONCE, signedOut);
            Awaitility.await().atMost(AT_ONCE).untilFalse(stream.open);
        }
    }

    @Test
    void it_is_refused_where_the_listening_connection_was_killed(Site site) {
        User user = User.at(site.a);
        try (Watched stream = new Watched(site.b, user)) {
            site.database.count(KILL_ALL_CONNECTIONS);
            Awaitility.await().atMost(Api.PATIENCE).pollInterval(Duration.ofMillis(20))
                    .until(() -> Api.send(signingOut(site.a, "/api/sessions/current", user)).statusCode() == 204);
            long signedOut = System.nanoTime();
            long refused = awaitRefusal(site.b, user, LISTENS_AGAIN_WITHIN, signedOut);
            Awaitility.await().atMost(AT_ONCE).untilFalse(stream.open);

            Figures.print("signed out while the other replica did not listen", "refused after %d ms", refused);
        }
    }

    @Test
    void a_replica_that_was_cut_off_refuses_what_it_knew_and_learns_the_rest_when_it_is_back(Site site) {
        User before = User.at(site.a);
        User meanwhile = User.at(site.a);
        signOut(site.a, "/api/sessions/current", before);
        awaitRefusal(site.b, before, AT_ONCE, System.nanoTime());

        site.b.database.refuse();
        Awaitility.await().atMost(Api.PATIENCE).until(() -> Api.health(site.b, "ready") == 503);
        signOut(site.a, "/api/sessions/current", meanwhile);
        int whileCutOff = current(site.b, before);
        site.b.database.heal();
        Api.awaitReady(site.b);

        assertEquals(401, whileCutOff);
        assertEquals(401, current(site.b, meanwhile));
    }

    @Test
    void it_is_refused_after_both_replicas_were_started_again(Site site) throws Exception {
        User user = User.at(site.a);
        User everywhere = User.at(site.a);
        User other = User.at(site.a);
        signOut(site.a, "/api/sessions/current", user);
        signOut(site.b, "/api/sessions", everywhere);

        site.a.kill();
        site.b.kill();
        site.a.start();
        site.b.start();

        for (Replica replica : new Replica[]{site.a, site.b}) {
            assertEquals(401, current(replica, user));
            assertEquals(401, current(replica, everywhere));
            assertEquals(200, current(replica, other));
        }
    }

    private static void signOut(Replica replica, String path, User user) {
        assertEquals(204, Api.send(signingOut(replica, path, user)).statusCode());
    }

    private static HttpRequest signingOut(Replica replica, String path, User user) {
        return Api.request(replica, path, user.session).DELETE().build();
    }

    private static int current(Replica replica, User user) {
        return Api.send(Api.request(replica, "/api/sessions/current", user.session).build()).statusCode();
    }

    private static long awaitRefusal(Replica replica, User user, Duration atMost, long since) {
        Awaitility.await().atMost(atMost).pollInterval(Duration.ofMillis(10))
                .until(() -> current(replica, user) == 401);
        return Figures.millisSince(since);
    }
}
