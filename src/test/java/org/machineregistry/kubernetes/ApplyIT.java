package org.machineregistry.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;

/** Applies what an operator has, again and again, to an API server that keeps what it is given. */
class ApplyIT {

    // Its selector is replaced and never merged, so kubectl sends it each time.
    private static final String ALWAYS_SENT = "poddisruptionbudget.policy/";

    private final KubernetesMockServer server = ApiServer.start();
    private final Kubectl kubectl = new Kubectl("http://localhost:" + server.getPort());

    @TempDir
    Path operator;

    @AfterEach
    void stop() {
        server.destroy();
    }

    @ParameterizedTest
    @MethodSource("org.machineregistry.kubernetes.Kustomization#all")
    void what_is_applied_twice_is_changed_once(Kustomization kustomization) throws IOException {
        Path folder = kustomization.in(operator);

        List<String> first = kubectl.apply(folder);
        List<String> second = kubectl.apply(folder);

        assertEquals(Manifests.of(folder).all().size(), first.size());
        assertTrue(first.stream().allMatch(line -> line.endsWith(" created")), first::toString);
        assertTrue(
                second.stream().filter(line -> !line.startsWith(ALWAYS_SENT))
                        .allMatch(line -> line.endsWith(" unchanged")),
                second::toString);
    }

    @Test
    void applying_again_leaves_what_the_autoscaler_has_set() throws IOException {
        Path folder = Kustomization.base().in(operator);
        kubectl.apply(folder);
        kubectl.call("patch", "deployment", "machine-registry", "--type=merge", "--patch={\"spec\":{\"replicas\":3}}");

        kubectl.apply(folder);

        assertEquals("3", kubectl.call("get", "deployment", "machine-registry", "--output=jsonpath={.spec.replicas}"));
    }

    @Test
    void a_changed_setting_starts_new_replicas_with_it() throws IOException {
        kubectl.apply(Kustomization.base().in(operator));
        String before = settingsOfPods();

        List<String> second = kubectl.apply(Kustomization.base().with("PRESENCE_TTL=60s").in(operator));

        assertTrue(second.contains("deployment.apps/machine-registry configured"), second::toString);
        assertFalse(settingsOfPods().equals(before));
        assertEquals("60s",
                kubectl.call("get", "configmap", settingsOfPods(), "--output=jsonpath={.data.PRESENCE_TTL}"));
    }

    @Test
    void sessions_that_an_operator_closed_stay_closed() throws IOException {
        Path folder = Kustomization.base().in(operator);
        kubectl.apply(folder);
        kubectl.call("patch", "configmap", settingsOfPods(), "--type=merge",
                "--patch={\"data\":{\"SESSIONS_ANONYMOUS\":\"false\"}}");

        kubectl.apply(folder);

        assertEquals("false",
                kubectl.call("get", "configmap", settingsOfPods(), "--output=jsonpath={.data.SESSIONS_ANONYMOUS}"));
    }

    private String settingsOfPods() {
        return kubectl.call("get", "deployment", "machine-registry",
                "--output=jsonpath={.spec.template.spec.containers[0].envFrom[0].configMapRef.name}");
    }
}
