package org.machineregistry.contract;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import io.restassured.RestAssured;

/** An open stream of the live list, which remembers what it was sent. */
final class Events implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<String[]> events = new CopyOnWriteArrayList<>();
    private final HttpResponse<Stream<String>> answer;
    private final Thread reader = new Thread(this::read, "events");
    private volatile boolean ended;

    private Events(HttpResponse<Stream<String>> answer) {
        this.answer = answer;
    }

    /** Returns when the snapshot has come. */
    static Events of(Api.Person person, String query) throws Exception {
        HttpRequest request = HttpRequest
                .newBuilder(URI.create("http://localhost:" + RestAssured.port + "/api/machines/events" + query))
                .header("Authorization", "Bearer " + person.jwt()).build();
        Events events = new Events(HTTP.send(request, HttpResponse.BodyHandlers.ofLines()));
        if (events.answer.statusCode() != 200) {
            throw new AssertionError("The stream was answered with " + events.answer.statusCode());
        }
        events.reader.setDaemon(true);
        events.reader.start();
        Awaitility.await().until(() -> !events.events.isEmpty());
        return events;
    }

    /**
     * Returns when all that was announced before was heard: a stream that is opened now is told only of what is done from now on.
     *
     * @param person who may have one machine more
     */
    static void awaitAllHeard(Api.Person person) throws Exception {
        try (Events events = of(person, "")) {
            // The database hands announcements on in the order in which they were made.
            Api.Registered last = person.registers("last");
            Awaitility.await().until(() -> events.of(last.machineId()).contains("machine"));
            person.request().delete(Api.MACHINE, last.machineId()).then().statusCode(204);
            Awaitility.await().until(() -> events.of(last.machineId()).contains("removed"));
        }
    }

    private void read() {
        String[] type = {""};
        try (Stream<String> lines = answer.body()) {
            lines.forEach(line -> {
                if (line.startsWith("event:")) {
                    type[0] = line.substring("event:".length());
                } else if (line.startsWith("data:")) {
                    events.add(new String[]{type[0], line});
                }
            });
        } catch (java.io.UncheckedIOException closed) {
            // By the test.
        }
        ended = true;
    }

    /** The kinds of the events that are of this machine, or have it in them. */
    List<String> of(String machineId) {
        return events.stream().filter(event -> event[1].contains(machineId)).map(event -> event[0]).toList();
    }

    /** What events of this kind said that are of this machine, as JSON. */
    List<String> data(String kind, String machineId) {
        return events.stream().filter(event -> event[0].equals(kind) && event[1].contains(machineId))
                .map(event -> event[1].substring("data:".length())).toList();
    }

    /** How many of this kind came. */
    long count(String kind) {
        return events.stream().filter(event -> event[0].equals(kind)).count();
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    public void close() {
        answer.body().close();
    }
}
