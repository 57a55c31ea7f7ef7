package org.machineregistry.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.machineregistry.DocumentedBlock;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;

/** The documented DaemonSet, which makes each node a machine of the registry. */
class FleetManifestIT {
    private DaemonSet nodes;
    private PodSpec pod;
    private Container agent;

    @BeforeEach
    void reads_the_document() throws IOException {
        nodes = Manifests.parse(DocumentedBlock.in("docs/fleets.md", "daemonset")).the(DaemonSet.class);
        pod = nodes.getSpec().getTemplate().getSpec();
        agent = pod.getContainers().get(0);
    }

    @Test
    void it_selects_the_pods_that_it_makes() {
        assertEquals(nodes.getSpec().getSelector().getMatchLabels(),
                nodes.getSpec().getTemplate().getMetadata().getLabels());
    }

    @Test
    void the_key_comes_from_a_secret_and_the_token_stays_on_the_node() {
        EnvVar key = agent.getEnv().stream().filter(variable -> variable.getName().equals("MACHINE_KEY")).findFirst()
                .orElseThrow();
        EnvVar file = agent.getEnv().stream().filter(variable -> variable.getName().equals("MACHINE_TOKEN_FILE"))
                .findFirst().orElseThrow();
        VolumeMount state = agent.getVolumeMounts().get(0);

        assertEquals("machine-agent", key.getValueFrom().getSecretKeyRef().getName());
        assertTrue(file.getValue().startsWith(state.getMountPath() + "/"));
        assertEquals("/var/lib/machine-agent", pod.getVolumes().stream()
                .filter(volume -> volume.getName().equals(state.getName())).findFirst().orElseThrow().getHostPath()
                .getPath());
    }

    @Test
    void what_it_mounts_there_is_and_it_can_do_nothing_else_on_the_node() {
        Set<String> volumes = pod.getVolumes().stream().map(Volume::getName).collect(Collectors.toSet());

        assertEquals(volumes, agent.getVolumeMounts().stream().map(VolumeMount::getName).collect(Collectors.toSet()));
        assertTrue(agent.getSecurityContext().getReadOnlyRootFilesystem());
        assertEquals(List.of("ALL"), agent.getSecurityContext().getCapabilities().getDrop());
        assertFalse(agent.getSecurityContext().getAllowPrivilegeEscalation());
        assertFalse(pod.getAutomountServiceAccountToken());
    }
}
