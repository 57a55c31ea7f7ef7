package org.machineregistry.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;

/** Reads what the build has put into target/kubernetes/, as a cluster would. */
class ManifestsIT {

    private static final String NAME = "machine-registry";
    private static final Map<String, String> SELECTOR = Map.of("app.kubernetes.io/name", NAME);
    private static final int PORT = 8080;

    private final Manifests manifests = Manifests.in(Path.of("target/kubernetes/kubernetes.yml"));
    private final Deployment deployment = manifests.the(Deployment.class);
    private final PodSpec pod = deployment.getSpec().getTemplate().getSpec();
    private final Container container = pod.getContainers().get(0);

    @Test
    void there_is_one_manifest_of_each_kind_and_no_secret() {
        Set<String> kinds = manifests.all().stream().map(manifest -> manifest.getKind()).collect(Collectors.toSet());

        assertEquals(Set.of("ConfigMap", "Deployment", "HorizontalPodAutoscaler", "NetworkPolicy",
                "PodDisruptionBudget", "Service", "ServiceAccount"), kinds);
        assertEquals(kinds.size(), manifests.all().size());
        assertTrue(manifests.all().stream().allMatch(manifest -> manifest.getMetadata().getName().equals(NAME)));
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
                "{apiVersion: v1, kind: Secret}");
    }

    @Test
    void two_replicas_run() {
        assertEquals(2, deployment.getSpec().getReplicas());
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
    void only_the_port_of_the_service_is_open_and_only_its_needs_are_reached() {
        NetworkPolicy policy = manifests.the(NetworkPolicy.class);

        assertEquals(SELECTOR, policy.getSpec().getPodSelector().getMatchLabels());
        assertEquals(List.of("Ingress", "Egress"), policy.getSpec().getPolicyTypes());
        assertEquals(Set.of(PORT),
                ports(policy.getSpec().getIngress().stream().flatMap(rule -> rule.getPorts().stream())));
        assertEquals(Set.of(53, 5432, 443),
                ports(policy.getSpec().getEgress().stream().flatMap(rule -> rule.getPorts().stream())));
    }

    @Test
    void the_pod_has_no_token_of_the_cluster() {
        assertFalse(manifests.the(ServiceAccount.class).getAutomountServiceAccountToken());
        assertFalse(pod.getAutomountServiceAccountToken());
    }

    @Test
    void settings_come_from_a_config_map_and_what_is_secret_from_secrets() {
        Map<String, String> settings = manifests.the(ConfigMap.class).getData();

        assertTrue(container.getEnvFrom()
                .stream()
                .anyMatch(from -> from.getConfigMapRef() != null && from.getConfigMapRef().getName().equals(NAME)));
        assertTrue(container.getEnvFrom()
                .stream()
                .anyMatch(from -> from.getSecretRef() != null && from.getSecretRef().getName().equals(NAME)));
        assertTrue(container.getEnv().isEmpty());
        assertTrue(settings.keySet().stream().noneMatch(name -> name.matches(".*(PASSWORD|USERNAME|JDBC_URL).*")));
    }

    @Test
    void the_keys_of_sessions_are_files_of_a_secret_that_only_the_service_reads() {
        Map<String, String> settings = manifests.the(ConfigMap.class).getData();
        Volume keys = pod.getVolumes().stream().filter(volume -> volume.getSecret() != null).findFirst().orElseThrow();

        assertEquals("machine-registry-keys", keys.getSecret().getSecretName());
        assertEquals(0440, keys.getSecret().getDefaultMode());
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
        assertEquals(PORT, manifests.the(Service.class).getSpec().getPorts().get(0).getTargetPort().getIntVal());
    }

    private static void assertProbe(String path, Probe probe) {
        assertEquals(path, probe.getHttpGet().getPath());
        assertEquals(PORT, probe.getHttpGet().getPort().getIntVal());
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

    private static Set<Integer> ports(Stream<NetworkPolicyPort> ports) {
        return ports.map(port -> port.getPort().getIntVal()).collect(Collectors.toSet());
    }
}
