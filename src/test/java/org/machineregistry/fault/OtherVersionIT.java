package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.fault.User.Registered;

/** Versions one apart run side by side during an update, and the newer one may announce what this one does not know. */
@ExtendWith(Site.Extension.class)
class OtherVersionIT {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @ParameterizedTest
    @ValueSource(strings = {"{\"kinds\":[\"MOVED\"]}", "[1795450000000,[99,\"owner\",\"machine-99\"]]", "not JSON"})
    void an_announcement_that_is_not_understood_has_everything_read_anew_and_ends_nothing(String payload, Site site)
            throws Exception {
        User user = User.at(site.a);
        Registered machine = user.register(site.a);
        assertEquals(200, Api.agent(site.b, "heartbeat", machine.token()).statusCode());
        try (LiveList list = new LiveList(site.b, user)) {
            list.awaitState("online", Api.PATIENCE, List.of(machine));
            int snapshots = list.snapshots();
            int said = site.b.output().length();

            announce(site, payload);

            list.awaitSnapshot(snapshots + 1, Api.PATIENCE);
            assertEquals(200, Api.health(site.b, "ready"));
            user.delete(site.a, machine);
            Awaitility.await()
                    .atMost(AT_ONCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> Api.agent(site.b, "heartbeat", machine.token()).statusCode() == 401);
            assertFalse(site.b.output().substring(said).contains("Not listening"), site.b.output());
        }
    }

    private static void announce(Site site, String payload) throws Exception {
        try (Connection connection = site.database.connect();
                PreparedStatement notify = connection.prepareStatement("select pg_notify('machine', ?)")) {
            notify.setString(1, payload);
            notify.execute();
        }
    }
}
