package org.machineregistry.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIGroupBuilder;
import io.fabric8.kubernetes.api.model.APIGroupListBuilder;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;

/** The API server of fabric8, which keeps what it is given, and says which kinds there are, as kubectl asks it first. */
final class ApiServer extends KubernetesMixedDispatcher {

    // It says each request. Held here, so that the level stays.
    private static final Logger REQUESTS = Logger.getLogger(MockWebServer.class.getName());

    private final Map<String, String> discovery = discovery();

    private ApiServer(Map<ServerRequest, Queue<ServerResponse>> expectations) {
        super(expectations);
    }

    static KubernetesMockServer start() {
        REQUESTS.setLevel(Level.WARNING);
        Map<ServerRequest, Queue<ServerResponse>> expectations = new ConcurrentHashMap<>();
        KubernetesMockServer server = new KubernetesMockServer(new Context(), new MockWebServer(), expectations,
                new ApiServer(expectations), false);
        server.init();
        return server;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        if (String.valueOf(request.getHeader("Content-Type")).startsWith("application/strategic-merge-patch+json")) {
            return merge(request);
        }
        String answer = discovery.get(request.getPath().replaceFirst("\\?.*", ""));
        return answer == null
                ? super.dispatch(request)
                : new MockResponse().setResponseCode(200).setHeader("Content-Type", "application/json").setBody(answer);
    }

    // The server of fabric8 does not know this kind of patch, and kubectl does it without a server.
    private MockResponse merge(RecordedRequest request) {
        MockResponse live = super.dispatch(like(request, HttpMethod.GET, ""));
        String merged = Kubectl.merge(live.getBody().readUtf8(), request.getUtf8Body());
        return super.dispatch(like(request, HttpMethod.PUT, merged));
    }

    private static RecordedRequest like(RecordedRequest request, HttpMethod method, String body) {
        return new RecordedRequest(request.getHttpVersion(), method, request.getPath().replaceFirst("\\?.*", ""),
                request.getHeaders(), new Buffer(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, String> discovery() {
        Map<String, List<APIResource>> resources = Manifests.KINDS.stream()
                .collect(Collectors.groupingBy(HasMetadata::getApiVersion,
                        Collectors.mapping(ApiServer::resource, Collectors.toList())));
        Map<String, String> answers = resources.entrySet()
                .stream()
                .collect(Collectors.toMap(version -> path(version.getKey()), ApiServer::list));
        answers.put("/api", "{\"kind\": \"APIVersions\", \"versions\": [\"v1\"]}");
        answers.put("/apis",
                Serialization.asJson(new APIGroupListBuilder()
                        .withGroups(resources.keySet().stream().filter(version -> version.contains("/"))
                                .map(ApiServer::group).toList())
                        .build()));
        return answers;
    }

    private static String path(String version) {
        return (version.contains("/") ? "/apis/" : "/api/") + version;
    }

    private static String list(Map.Entry<String, List<APIResource>> version) {
        return Serialization.asJson(new APIResourceListBuilder().withGroupVersion(version.getKey())
                .withResources(version.getValue())
                .build());
    }

    private static APIGroup group(String version) {
        GroupVersionForDiscovery only = new GroupVersionForDiscovery(version,
                version.substring(version.indexOf('/') + 1));
        return new APIGroupBuilder().withName(version.substring(0, version.indexOf('/')))
                .withVersions(only)
                .withPreferredVersion(only)
                .build();
    }

    private static APIResource resource(Class<? extends HasMetadata> kind) {
        return new APIResourceBuilder().withName(HasMetadata.getPlural(kind))
                .withSingularName(HasMetadata.getSingular(kind))
                .withKind(HasMetadata.getKind(kind))
                .withNamespaced(true)
                .withVerbs("get", "create", "patch", "list", "delete")
                .build();
    }
}
