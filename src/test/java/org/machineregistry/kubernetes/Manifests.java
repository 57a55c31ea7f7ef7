package org.machineregistry.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;

/** Manifests as an API server that validates strictly reads them: an unknown kind, an unknown field or a field twice is refused. */
final class Manifests {

    static final List<Class<? extends HasMetadata>> KINDS = List.of(ConfigMap.class, DaemonSet.class, Deployment.class,
            Gateway.class,
            HorizontalPodAutoscaler.class, HTTPRoute.class, Ingress.class, NetworkPolicy.class,
            PodDisruptionBudget.class,
            PrometheusRule.class, Secret.class, Service.class, ServiceAccount.class, ServiceMonitor.class,
            StatefulSet.class);

    private static final Map<String, Class<? extends HasMetadata>> BY_NAME = KINDS.stream()
            .collect(Collectors.toMap(
                    kind -> HasMetadata.getApiVersion(kind) + "/" + HasMetadata.getKind(kind),
                    Function.identity()));

    private static final ObjectMapper MAPPER = new ObjectMapper(new YAMLFactory())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new Strict());

    /** The models keep unknown fields for whoever wants them; not here. */
    private static final class Strict extends JacksonAnnotationIntrospector {
        @Override
        public Boolean hasAnySetter(Annotated member) {
            return false;
        }
    }

    private final List<HasMetadata> all;

    private Manifests(List<HasMetadata> all) {
        this.all = all;
    }

    static Manifests of(Path kustomization) {
        try {
            return parse(Kubectl.kustomize(kustomization));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Manifests parse(String yaml) throws IOException {
        List<HasMetadata> all = new ArrayList<>();
        for (JsonNode document : MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(yaml).readAll()) {
            all.add(strictly(document));
        }
        return new Manifests(all);
    }

    private static HasMetadata strictly(JsonNode document) throws IOException {
        String kind = document.path("apiVersion").asText() + "/" + document.path("kind").asText();
        if (!BY_NAME.containsKey(kind)) {
            throw new IOException(kind + " is not expected");
        }
        return MAPPER.treeToValue(document, BY_NAME.get(kind));
    }

    List<HasMetadata> all() {
        return all;
    }

    /** The one of a kind that should be there once. */
    <T extends HasMetadata> T the(Class<T> kind) {
        List<T> found = all.stream().filter(kind::isInstance).map(kind::cast).toList();
        if (found.size() != 1) {
            throw new IllegalStateException(found.size() + " manifests of " + kind.getSimpleName());
        }
        return found.get(0);
    }
}
