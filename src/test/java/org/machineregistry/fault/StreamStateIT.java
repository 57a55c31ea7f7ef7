package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import com.fasterxml.jackson.databind.JsonNode;

/** A stream says whether what it shows is live. */
@ExtendWith(Site.Extension.class)
class StreamStateIT {
    private static final Duration SOON = Duration.ofSeconds(8);

    private record Event(String type, JsonNode data) {}

    @Test
    void a_stream_begins_with_the_list_and_the_time(Site site) {
        List<Event> events = new CopyOnWriteArrayList<>();
        try (EventStream stream = open(site.a, events)) {
            await(events, "snapshot", "alive");

            long difference = events.get(1).data().get("now").longValue() - System.currentTimeMillis();
            assertTrue(Math.abs(difference) < 5_000, "by " + difference + " ms");
        }
    }

    @Test
    void a_stream_says_since_when_the_database_is_away_and_starts_over_when_it_is_back(Site site) throws Exception {
        List<Event> events = new CopyOnWriteArrayList<>();
        try (EventStream stream = open(site.a, events)) {
            await(events, "snapshot", "alive");

            long cut = System.currentTimeMillis();
            site.a.database.stall();
            await(events, "snapshot", "alive", "away");
            site.a.database.heal();
            await(events, "snapshot", "alive", "away", "snapshot", "back");

            long since = events.get(2).data().get("since").longValue();
            assertTrue(Math.abs(since - cut) < 3_000, "since " + (since - cut) + " ms after the cut");
        }
    }

    @Test
    void a_database_that_can_be_read_and_not_written_is_away_and_not_ready(Site site) {
        List<Event> events = new CopyOnWriteArrayList<>();
        try (EventStream stream = open(site.a, events)) {
            await(events, "snapshot", "alive");

            site.database.setReadOnly(true);
            try {
                await(events, "snapshot", "alive", "away");
                Awaitility.await().atMost(SOON).until(() -> Api.health(site.a, "ready") == 503);
                assertEquals(200, Api.health(site.a, "live"));
            } finally {
                site.database.setReadOnly(false);
            }
            await(events, "snapshot", "alive", "away", "snapshot", "back");
            Awaitility.await().atMost(SOON).until(() -> Api.health(site.a, "ready") == 200);
        }
    }

    private static EventStream open(Replica replica, List<Event> events) {
        return new EventStream(replica, User.at(replica), new EventStream.Listener() {
            @Override
            public void onOpen() {
                // Its events tell.
            }

            @Override
            public void onEvent(String type, JsonNode data) {
                // The time is told again and again.
                if (!type.equals("alive") || events.size() == 1) {
                    events.add(new Event(type, data));
                }
            }

            @Override
            public void onClose() {
                // As above.
            }
        }).start();
    }

    /** There may be more snapshots than one on the way back. */
    private static void await(List<Event> events, String... types) {
        Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            List<String> heard = new CopyOnWriteArrayList<>();
            for (Event event : events) {
                if (heard.isEmpty() || !heard.get(heard.size() - 1).equals(event.type())) {
                    heard.add(event.type());
                }
            }
            assertEquals(List.of(types), heard);
        });
    }
}
