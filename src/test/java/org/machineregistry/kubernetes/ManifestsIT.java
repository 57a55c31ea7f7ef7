package org.machineregistry.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;

/** Reads the base as a cluster does, after kustomize. */
class ManifestsIT {

    private static final String NAME = "machine-registry";
    private static final Map<String, String> SELECTOR = Map.of("app.kubernetes.io/name", NAME);
    private static final int PORT = 8080;
    // https://www.postgresql.org/docs/current/runtime-config-connection.html: 100, three of them for superusers.
    private static final int USER_CONNECTIONS = 97;

    private final Manifests manifests = Manifests.of(Path.of("src/main/kubernetes/base"));
    private final Deployment deployment = manifests.the(Deployment.class);
    private final PodSpec pod = deployment.getSpec().getTemplate().getSpec();
    private final Container container = pod.getContainers().get(0);

    @Test
    void there_is_one_manifest_of_each_kind_and_no_secret() {
        Set<String> kinds = manifests.all().stream().map(manifest -> manifest.getKind()).collect(Collectors.toSet());

        assertEquals(Set.of("ConfigMap", "Deployment", "HorizontalPodAutoscaler", "NetworkPolicy",
                "PodDisruptionBudget", "Service", "ServiceAccount"), kinds);
        assertEquals(kinds.size(), manifests.all().size());
        assertTrue(manifests.all().stream().allMatch(manifest -> manifest.getMetadata().getName().startsWith(NAME)));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_is_refused(String yaml) {
        assertThrows(IOException.class, () -> Manifests.parse(yaml));
    }

    static List<String> mistakes() {
        return List.of(
                "{apiVersion: v1, kind: Service, spec: {port: 80}}",
                "{apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [{nam: x}]}}}}",
                "{apiVersion: v1, kind: Service, spec: {type: ClusterIP, type: NodePort}}",
                "{apiVersion: v1, kind: Secrets}");
    }

    @Test
    void the_number_of_replicas_is_left_to_the_autoscaler() {
        assertNull(deployment.getSpec().getReplicas());
        assertEquals(2, manifests.the(HorizontalPodAutoscaler.class).getSpec().getMinReplicas());
    }

    @Test
    void all_replicas_and_one_more_find_connections_in_a_postgresql_as_it_is_installed() throws IOException {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            settings.load(reader);
        }
        int pool = Integer.parseInt(settings.getProperty("quarkus.datasource.jdbc.max-size"));
        int most = manifests.the(HorizontalPodAutoscaler.class).getSpec().getMaxReplicas()
                + replicas(deployment.getSpec().getStrategy().getRollingUpdate().getMaxSurge());

        assertTrue(most * pool <= USER_CONNECTIONS, most + " replicas of " + pool);
    }

    @Test
    void a_replica_that_was_stopped_is_gone_before_the_next_one_is_replaced() {
        long pause = container.getLifecycle().getPreStop().getSleep().getSeconds();

        assertTrue(deployment.getSpec().getMinReadySeconds() > pause + 5, "the service ends within 5 s");
    }

    @Test
    void an_update_starts_a_new_replica_before_it_stops_an_old_one() {
        assertEquals("RollingUpdate", deployment.getSpec().getStrategy().getType());
        RollingUpdateDeployment update = deployment.getSpec().getStrategy().getRollingUpdate();
        assertEquals(0, replicas(update.getMaxUnavailable()));
        assertTrue(replicas(update.getMaxSurge()) > 0);
    }

    @Test
    void a_replica_that_stops_is_no_longer_sent_requests_when_it_hears_of_it() {
        long pause = container.getLifecycle().getPreStop().getSleep().getSeconds();

        assertTrue(pause >= 5, "proxies need a moment");
        assertTrue(pod.getTerminationGracePeriodSeconds() >= pause + 10, "and the service has the time it needs");
    }

    @Test
    void the_service_is_asked_whether_it_has_started_lives_and_is_ready() {
        assertProbe("/q/health/started", container.getStartupProbe());
        assertProbe("/q/health/live", container.getLivenessProbe());
        assertProbe("/q/health/ready", container.getReadinessProbe());
        assertTrue(
                container.getStartupProbe().getPeriodSeconds() * container.getStartupProbe().getFailureThreshold() > 60,
                "a database that is not there is waited for, a minute");
    }

    @Test
    void processor_and_memory_are_requested_and_memory_has_room_above_the_measured_130_mebibytes() {
        Map<String, Quantity> requests = container.getResources().getRequests();
        Map<String, Quantity> limits = container.getResources().getLimits();

        assertTrue(amount(requests.get("cpu")) > 0);
        assertTrue(amount(requests.get("memory")) >= 128 << 20);
        assertTrue(amount(limits.get("memory")) >= 1.5 * (130 << 20));
        assertTrue(amount(limits.get("cpu")) >= 1);
    }

    @Test
    void it_meets_the_restricted_pod_security_standard() {
        assertTrue(pod.getSecurityContext().getRunAsNonRoot());
        assertTrue(pod.getSecurityContext().getRunAsUser() > 0);
        assertEquals("RuntimeDefault", pod.getSecurityContext().getSeccompProfile().getType());
        assertFalse(container.getSecurityContext().getAllowPrivilegeEscalation());
        assertEquals(List.of("ALL"), container.getSecurityContext().getCapabilities().getDrop());
        assertTrue(container.getSecurityContext().getCapabilities().getAdd().isEmpty());
        assertNull(container.getSecurityContext().getPrivileged());
        assertNull(pod.getHostNetwork());
        assertNull(pod.getHostPID());
        assertNull(pod.getHostIPC());
        assertTrue(pod.getVolumes().stream().map(Volume::getHostPath).allMatch(path -> path == null));
        assertTrue(container.getPorts().stream().allMatch(port -> port.getHostPort() == null));
        assertEquals(1, pod.getContainers().size());
        assertTrue(pod.getInitContainers().isEmpty());
    }

    @Test
    void the_root_file_system_cannot_be_written() {
        assertTrue(container.getSecurityContext().getReadOnlyRootFilesystem());
    }

    @Test
    void what_the_service_unpacks_has_a_directory_of_its_own() {
        VolumeMount mount = container.getVolumeMounts()
                .stream()
                .filter(found -> found.getMountPath().equals("/tmp"))
                .findFirst()
                .orElseThrow();

        assertTrue(pod.getVolumes()
                .stream()
                .anyMatch(volume -> volume.getName().equals(mount.getName()) && volume.getEmptyDir() != null));
    }

    @Test
    void replicas_are_spread_over_nodes_and_zones() {
        List<TopologySpreadConstraint> spread = pod.getTopologySpreadConstraints();

        assertEquals(Set.of("kubernetes.io/hostname", "topology.kubernetes.io/zone"),
                spread.stream().map(TopologySpreadConstraint::getTopologyKey).collect(Collectors.toSet()));
        assertTrue(spread.stream().allMatch(rule -> rule.getMaxSkew() == 1));
        assertTrue(spread.stream().allMatch(rule -> rule.getLabelSelector().getMatchLabels().equals(SELECTOR)));
    }

    @Test
    void all_find_the_same_pods_also_after_an_update() {
        Map<String, String> labels = deployment.getSpec().getTemplate().getMetadata().getLabels();

        assertTrue(labels.entrySet().containsAll(SELECTOR.entrySet()));
        assertEquals(SELECTOR, deployment.getSpec().getSelector().getMatchLabels());
        assertEquals(SELECTOR, manifests.the(Service.class).getSpec().getSelector());
    }

    @Test
    void a_drained_node_leaves_one_replica() {
        PodDisruptionBudget budget = manifests.the(PodDisruptionBudget.class);

        assertEquals(1, budget.getSpec().getMinAvailable().getIntVal());
        assertEquals(SELECTOR, budget.getSpec().getSelector().getMatchLabels());
    }

    @Test
    void replicas_are_added_under_load() {
        HorizontalPodAutoscaler autoscaler = manifests.the(HorizontalPodAutoscaler.class);

        assertEquals("Deployment", autoscaler.getSpec().getScaleTargetRef().getKind());
        assertEquals(NAME, autoscaler.getSpec().getScaleTargetRef().getName());
        assertEquals(2, autoscaler.getSpec().getMinReplicas());
        assertTrue(autoscaler.getSpec().getMaxReplicas() > 2);
        assertEquals("cpu", autoscaler.getSpec().getMetrics().get(0).getResource().getName());
    }

    @Test
    void only_the_port_of_the_service_is_open_and_whatever_it_needs_is_reached() {
        NetworkPolicy policy = manifests.the(NetworkPolicy.class);

        assertEquals(SELECTOR, policy.getSpec().getPodSelector().getMatchLabels());
        assertEquals(List.of("Ingress"), policy.getSpec().getPolicyTypes());
        assertTrue(policy.getSpec().getEgress().isEmpty());
        assertEquals(List.of("http"),
                policy.getSpec()
                        .getIngress()
                        .stream()
                        .flatMap(rule -> rule.getPorts().stream())
                        .map(port -> port.getPort().getStrVal())
                        .toList());
    }

    @Test
    void the_pod_runs_under_an_account_of_its_own_without_a_token_of_the_cluster() {
        assertEquals(manifests.the(ServiceAccount.class).getMetadata().getName(), pod.getServiceAccountName());
        assertFalse(manifests.the(ServiceAccount.class).getAutomountServiceAccountToken());
        assertFalse(pod.getAutomountServiceAccountToken());
    }

    @Test
    void settings_come_from_a_config_map_and_what_is_secret_from_secrets() {
        ConfigMap map = manifests.the(ConfigMap.class);
        Map<String, String> settings = map.getData();

        assertTrue(map.getMetadata().getName().matches(NAME + "-[a-z0-9]{10}"), map.getMetadata().getName());
        assertTrue(container.getEnvFrom()
                .stream()
                .anyMatch(from -> from.getConfigMapRef() != null
                        && from.getConfigMapRef().getName().equals(map.getMetadata().getName())));
        assertTrue(container.getEnvFrom()
                .stream()
                .anyMatch(from -> from.getSecretRef() != null && from.getSecretRef().getName().equals(NAME)));
        assertTrue(container.getEnv().isEmpty());
        assertFalse(settings.containsKey("SESSIONS_ANONYMOUS"), "the service's own default is off");
        assertTrue(settings.keySet().stream().noneMatch(name -> name.matches(".*(PASSWORD|USERNAME|JDBC_URL).*")));
    }

    @Test
    void the_keys_of_sessions_are_files_of_a_secret_that_only_the_service_reads() {
        Map<String, String> settings = manifests.the(ConfigMap.class).getData();
        Volume keys = pod.getVolumes().stream().filter(volume -> volume.getSecret() != null).findFirst().orElseThrow();

        assertEquals("machine-registry-keys", keys.getSecret().getSecretName());
        assertEquals(0440, keys.getSecret().getDefaultMode());
        assertNull(keys.getSecret().getOptional());
        VolumeMount mount = container.getVolumeMounts()
                .stream()
                .filter(found -> found.getName().equals(keys.getName()))
                .findFirst()
                .orElseThrow();
        assertTrue(mount.getReadOnly());
        assertTrue(Stream.of("SMALLRYE_JWT_SIGN_KEY_LOCATION", "MP_JWT_VERIFY_PUBLICKEY_LOCATION").map(settings::get)
                .allMatch(file -> file.startsWith(mount.getMountPath() + "/")));
    }

    @Test
    void prometheus_finds_the_metrics_of_every_replica() {
        Map<String, String> annotations = deployment.getSpec().getTemplate().getMetadata().getAnnotations();

        assertEquals("true", annotations.get("prometheus.io/scrape"));
        assertEquals("/q/metrics", annotations.get("prometheus.io/path"));
        assertEquals(String.valueOf(PORT), annotations.get("prometheus.io/port"));
    }

    @Test
    void requests_reach_the_port_that_the_service_listens_at() {
        assertEquals(PORT, container.getPorts().get(0).getContainerPort());
        assertEquals("http", container.getPorts().get(0).getName());
        assertEquals("http", manifests.the(Service.class).getSpec().getPorts().get(0).getTargetPort().getStrVal());
    }

    private static void assertProbe(String path, Probe probe) {
        assertEquals(path, probe.getHttpGet().getPath());
        assertEquals("http", probe.getHttpGet().getPort().getStrVal());
    }

    private static double amount(Quantity quantity) {
        return Quantity.getAmountInBytes(quantity).max(BigDecimal.ZERO).doubleValue();
    }

    // A text is taken for nothing but a percentage.
    private static int replicas(IntOrString count) {
        if (count.getIntVal() != null) {
            return count.getIntVal();
        }
        assertTrue(count.getStrVal().matches("[0-9]+%"), count.getStrVal());
        return Integer.parseInt(count.getStrVal().replace("%", ""));
    }
}
