package org.machineregistry.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.machineregistry.Ports;
import org.machineregistry.fault.User.Registered;

/** The agent where something else than the service answers, or nothing does. */
@ExtendWith(Site.Extension.class)
@Execution(ExecutionMode.CONCURRENT)
class AgentFailuresIT {
    private static final String PORTAL = answer("200 OK", "text/html", "<html>\n<h1>Welcome to our WLAN</h1>\n</html>");
    private static final String MACHINE_ID = "<the machine's id>";
    private static final Pattern WAIT = Pattern.compile("Trying again in (\\d+) s");

    @TempDir
    Path directory;
    private User user;
    private Registered machine;

    @BeforeEach
    void registers(Site site) {
        user = User.at(site.a);
        machine = user.register(site.a);
    }

    static Stream<Arguments> others() {
        return Stream.of(
                arguments("a captive portal", PORTAL, "sign-in page of this network"),
                arguments("another service", answer("200 OK", "application/json", "{\"status\":\"ok\"}"),
                        "that is not the machine registry"),
                arguments("the answer for another machine", answer("200 OK", "application/json",
                        "{\"machineId\":\"another\",\"name\":\"machine\",\"heartbeatSeconds\":1,\"ttlSeconds\":8}"),
                        "or not this machine's"),
                arguments("a page that holds the service's JSON", answer("200 OK", "text/html",
                        "{\"machineId\":\"" + MACHINE_ID
                                + "\",\"name\":\"machine\",\"heartbeatSeconds\":1,\"ttlSeconds\":8}"),
                        "A web page came"),
                arguments("no body", answer("200 OK", "application/json", ""), "that is not the machine registry"),
                arguments("a gateway that wants a password", answer("401 Unauthorized", "text/html", "<h1>Who?</h1>"),
                        "A 401 that is not the service's"),
                arguments("a gateway that wants a token", answer("401 Unauthorized", "application/json",
                        "{\"status\":401,\"title\":\"Unauthorized\"}"), "A 401 that is not the service's"),
                arguments("a proxy before a service that is down",
                        answer("502 Bad Gateway", "text/html", "<h1>502</h1>"),
                        "Something before the service answers in its place (502)"),
                arguments("an address of something else", answer("404 Not Found", "text/plain", "nothing"),
                        "Got text/plain with status 404 instead of the service's JSON"),
                arguments("a refusal by the service", problem("400 Bad Request", "",
                        "\"detail\":\"The request is not valid.\",\"violations\":[{\"field\":\"os\",\"message\":\"is odd\"}]"),
                        "refuses what this machine says of itself: The request is not valid. (os is odd)"),
                arguments("a time to wait that no shell counts to", problem("503 Service Unavailable",
                        "Retry-After: 99999999999999999999\r\n", "\"detail\":\"Try \\\"again\\\" shortly.\""),
                        "The service answers 503: Try \"again\" shortly."),
                arguments("a time to wait that a shell takes for octal", problem("503 Service Unavailable",
                        "Retry-After: 08\r\n", "\"detail\":\"Try \\\"again\\\" shortly.\""),
                        "The service answers 503: Try \"again\" shortly."),
                arguments("a connection that ends without an answer", "", "broke off before it had answered"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void it_names_cause_and_cure_and_is_online_when_that_is_over(String other, String answer, String words, Site site)
            throws Exception {
        try (StandIn front = StandIn.overHttp()) {
            front.answer(answer.replace(MACHINE_ID, machine.machineId()));
            try (Agent agent = start(front.address(), site)) {
                agent.awaitOutput("Trying again in");

                assertThat(agent.output()).contains(words).doesNotContain("online as");
                assertThat(user.list(site.a)).containsEntry(machine.machineId(), "never_connected");
                front.handOn(site.a);
                agent.awaitOutput("online as machine");
            }
        }
    }

    @Test
    void its_token_goes_nowhere_that_a_redirect_leads_to(Site site) throws Exception {
        try (StandIn front = StandIn.overHttp(); StandIn elsewhere = StandIn.overHttp()) {
            elsewhere.answer(PORTAL);
            front.answer(
                    answer("307 Temporary Redirect\r\nLocation: " + elsewhere.address() + "/there", "text/html", ""));
            try (Agent agent = start(front.address(), site)) {
                agent.awaitOutput("Trying again in");

                assertThat(agent.output())
                        .contains("leads to " + elsewhere.address() + "/there (307), where the token is not sent");
                assertThat(elsewhere.requests()).isEmpty();
                front.handOn(site.a);
                agent.awaitOutput("online as machine");
            }
        }
    }

    @Test
    void it_gives_up_on_a_server_that_accepts_and_says_nothing(Site site) throws Exception {
        try (StandIn front = StandIn.overHttp(); Agent agent = start(front.address(), site)) {
            agent.awaitOutput("accepts connections at " + front.address() + " and says nothing for 10 s");

            front.handOn(site.a);
            agent.awaitOutput("online as machine");
        }
    }

    @Test
    void it_holds_no_answer_without_an_end(Site site) throws Exception {
        try (StandIn front = StandIn.overHttp()) {
            front.answerWithoutEnd("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
            try (Agent agent = start(front.address(), site)) {
                agent.awaitOutput("does not end, and is not the machine registry");

                front.handOn(site.a);
                agent.awaitOutput("online as machine");
            }
        }
    }

    @Test
    void it_says_that_nothing_listens(Site site) throws Exception {
        String address = "http://127.0.0.1:" + Ports.free();
        try (Agent agent = start(address, site)) {
            agent.awaitOutput("Nothing answers at " + address);
        }
    }

    @Test
    void it_says_that_a_name_is_not_known(Site site) throws Exception {
        try (Agent agent = start("http://registry.invalid", site)) {
            agent.awaitOutput("The name in http://registry.invalid is not known here");
            assertThat(agent.output()).contains("http://registry.invalid is plain http: everybody on the way");
        }
    }

    @Test
    void it_waits_longer_after_each_failure_and_not_as_long_as_others(Site site) throws Exception {
        try (StandIn front = StandIn.overHttp()) {
            front.answer(PORTAL);
            try (Agent agent = start(front.address(), site)) {
                List<Integer> waits = Awaitility.await().atMost(Agent.PATIENCE).until(() -> waits(agent),
                        all -> all.size() >= 4);

                assertThat(waits.get(0)).isBetween(1, 2);
                assertThat(waits.get(1)).isBetween(2, 4);
                assertThat(waits.get(2)).isBetween(4, 8);
                assertThat(waits.get(3)).isBetween(8, 16);
            }
        }
    }

    @Test
    void a_heartbeat_that_something_else_answers_is_a_failure_too(Site site) throws Exception {
        try (StandIn front = StandIn.overHttp()) {
            front.handOn(site.a);
            try (Agent agent = start(front.address(), site)) {
                agent.awaitOutput("online as machine");

                front.answer(PORTAL);
                agent.awaitOutput("sign-in page of this network");
                front.handOn(site.a);

                Awaitility.await().atMost(Agent.PATIENCE)
                        .until(() -> agent.output().split("online as machine").length > 2);
            }
        }
    }

    private Agent start(String address, Site site) throws Exception {
        return AgentCommand.of(site.a, directory).under("dash").at(address).token(machine).start();
    }

    private static List<Integer> waits(Agent agent) {
        return WAIT.matcher(agent.output()).results().map(AgentFailuresIT::seconds).toList();
    }

    private static int seconds(MatchResult wait) {
        return Integer.parseInt(wait.group(1));
    }

    private static String answer(String status, String type, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nConnection: close\r\n\r\n" + body;
    }

    private static String problem(String status, String header, String members) {
        return answer(status, "application/problem+json\r\n" + header + "X-Of: a test",
                "{\"type\":\"about:blank\",\"status\":" + status.substring(0, 3) + ",\"title\":\"" + status.substring(4)
                        + "\"," + members + "}");
    }
}
