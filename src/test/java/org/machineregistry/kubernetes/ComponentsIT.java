package org.machineregistry.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.machineregistry.DocumentedBlock;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPPathMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;

/** Reads what each component adds to the base, and the try-out. */
class ComponentsIT {

    private static final Set<String> PUBLISHED = Set.of("Exact /", "Prefix /app", "Prefix /api", "Exact /agent.sh",
            "Exact /agent.ps1", "Exact /q/info", "Exact /q/openapi");

    @TempDir
    Path operator;

    @Test
    void a_provider_takes_its_three_settings_and_closes_sessions_for_anyone() throws IOException {
        Manifests manifests = with("provider");
        Map<String, String> settings = manifests.the(ConfigMap.class).getData();

        assertTrue(settings.containsKey("QUARKUS_OIDC_AUTH_SERVER_URL"));
        assertTrue(settings.containsKey("QUARKUS_OIDC_CLIENT_ID"));
        assertEquals("false", settings.get("SESSIONS_ANONYMOUS"));
        assertEquals(Set.of("machine-registry", "machine-registry-provider"), secrets(manifests));
    }

    @Test
    void with_a_provider_the_service_still_has_both_keys_that_it_signs_sessions_with() throws IOException {
        Map<String, String> settings = with("provider").the(ConfigMap.class).getData();

        assertEquals("/run/keys/session-key.pem", settings.get("SMALLRYE_JWT_SIGN_KEY_LOCATION"));
        assertEquals("/run/keys/session-key.pub.pem", settings.get("MP_JWT_VERIFY_PUBLICKEY_LOCATION"));
        assertTrue(settings.keySet().stream().noneMatch(name -> name.matches("MP_JWT_VERIFY_(ISSUER|AUDIENCES)")),
                settings::toString);
    }

    @Test
    void an_ingress_publishes_the_page_and_the_api_over_tls_and_neither_metrics_nor_health() throws IOException {
        Ingress ingress = with("ingress").the(Ingress.class);
        List<HTTPIngressPath> paths = ingress.getSpec().getRules().get(0).getHttp().getPaths();

        assertEquals(PUBLISHED,
                paths.stream().map(path -> path.getPathType() + " " + path.getPath()).collect(Collectors.toSet()));
        assertTrue(paths.stream().allMatch(path -> path.getBackend().getService().getPort().getName().equals("http")));
        assertEquals("machine-registry-tls", ingress.getSpec().getTls().get(0).getSecretName());
        assertEquals(List.of(ingress.getSpec().getRules().get(0).getHost()),
                ingress.getSpec().getTls().get(0).getHosts());
    }

    @Test
    void a_gateway_publishes_the_same_over_tls_and_no_plain_http() throws IOException {
        Manifests manifests = with("gateway");
        HTTPRoute route = manifests.the(HTTPRoute.class);
        Stream<HTTPPathMatch> paths = route.getSpec().getRules().get(0).getMatches().stream()
                .map(match -> match.getPath());
        Gateway gateway = manifests.the(Gateway.class);

        assertEquals(PUBLISHED,
                paths.map(path -> path.getType().replace("PathPrefix", "Prefix") + " " + path.getValue())
                        .collect(Collectors.toSet()));
        assertEquals("0s", route.getSpec().getRules().get(0).getTimeouts().getRequest());
        assertEquals(List.of("HTTPS"),
                gateway.getSpec().getListeners().stream().map(port -> port.getProtocol()).toList());
        assertEquals(route.getSpec().getHostnames(),
                gateway.getSpec().getListeners().stream().map(port -> port.getHostname()).toList());
    }

    @Test
    void prometheus_finds_the_service_by_its_label() throws IOException {
        Manifests manifests = with("prometheus");
        ServiceMonitor monitor = manifests.the(ServiceMonitor.class);

        assertEquals(monitor.getSpec().getSelector().getMatchLabels(),
                manifests.the(Service.class).getMetadata().getLabels());
        assertEquals("/q/metrics", monitor.getSpec().getEndpoints().get(0).getPath());
        assertEquals("http", monitor.getSpec().getEndpoints().get(0).getPort());
    }

    @Test
    void alerts_look_at_figures_that_the_dashboard_shows_or_the_audit_counts_and_say_what_to_do() throws IOException {
        List<Rule> rules = with("prometheus").the(PrometheusRule.class).getSpec().getGroups().get(0).getRules();
        String known = Files.readString(Path.of("docs/grafana-dashboard.json"))
                + Files.readString(Path.of("docs/decisions/operations.md"));

        assertTrue(rules.size() >= 5);
        for (Rule rule : rules) {
            Matcher figure = Pattern.compile("[a-z]+(_[a-z]+)+(?=[\\[{])").matcher(rule.getExpr().getStrVal());
            while (figure.find()) {
                assertTrue(known.contains(figure.group()), figure.group());
            }
            assertEquals(Set.of("summary", "description"), rule.getAnnotations().keySet());
        }
    }

    @Test
    void the_try_out_has_a_postgresql_of_the_version_that_is_embedded_and_its_data_stays() throws IOException {
        StatefulSet database = Manifests.of(Kustomization.tryOut().in(operator)).the(StatefulSet.class);
        String image = database.getSpec().getTemplate().getSpec().getContainers().get(0).getImage();
        Matcher embedded = Pattern.compile("binaries.version>([0-9]+[.][0-9]+)[.]0<")
                .matcher(Files.readString(Path.of("pom.xml")));

        assertTrue(embedded.find());
        assertEquals("docker.io/library/postgres:" + embedded.group(1), image);
        assertEquals("data", database.getSpec().getVolumeClaimTemplates().get(0).getMetadata().getName());
    }

    @Test
    void the_documented_kustomization_of_an_operator_names_image_address_and_host() throws IOException {
        Files.writeString(operator.resolve("kustomization.yaml"),
                DocumentedBlock.in("docs/deployment.md", "kustomization").replace("machine-registry/src",
                        operator.toRealPath().relativize(Path.of("src").toRealPath()).toString()));

        Manifests manifests = Manifests.of(operator);

        assertEquals("registry.example.org/machine-registry:1.0.0",
                manifests.the(Deployment.class).getSpec().getTemplate().getSpec().getContainers().get(0).getImage());
        assertEquals("https://machines.example.com", manifests.the(ConfigMap.class).getData().get("SERVICE_URL"));
        assertEquals("machines.example.com", manifests.the(Ingress.class).getSpec().getRules().get(0).getHost());
        assertEquals(List.of("machines.example.com"),
                manifests.the(Ingress.class).getSpec().getTls().get(0).getHosts());
    }

    private Manifests with(String component) throws IOException {
        return Manifests.of(Kustomization.base().with(List.of(component)).in(operator));
    }

    private static Set<String> secrets(Manifests manifests) {
        return manifests.the(Deployment.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getEnvFrom()
                .stream()
                .map(EnvFromSource::getSecretRef)
                .filter(secret -> secret != null)
                .map(secret -> secret.getName())
                .collect(Collectors.toSet());
    }
}
