package org.machineregistry.contract;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.machineregistry.TestDatabase;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The Grafana dashboard shows what there is: each metric that it names is one that the service exposes. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class DashboardTest {
    private static final Path DASHBOARD = Path.of("docs/grafana-dashboard.json");
    // What stands before a selector, a range or the end of a function's argument, and is no function itself.
    private static final Pattern NAMED = Pattern.compile("\\b([a-z]+(?:_[a-z]+)+)\\b(?=[\\[{)])");
    private static final Pattern EXPOSED = Pattern.compile("(?m)^([a-z_]+)[ {]");

    @Test
    void each_metric_that_the_dashboard_names_is_exposed() throws IOException {
        Set<String> named = new TreeSet<>();
        new ObjectMapper().readTree(DASHBOARD.toFile()).findValuesAsText("expr")
                .forEach(expression -> named.addAll(names(NAMED, expression)));
        Api.Person owner = Api.Person.anyone();

        owner.registers("build box").beats();

        assertThat(named).hasSizeGreaterThan(8);
        await().atMost(10, SECONDS).untilAsserted(() -> assertThat(
                names(EXPOSED, Api.elsewhere().get("/q/metrics").asString())).containsAll(named));
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
