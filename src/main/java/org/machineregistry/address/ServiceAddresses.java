package org.machineregistry.address;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;

/**
 * The address under which a request has reached the service: of those that are configured the one that fits best, and without any
 * the one that was asked, as Quarkus' proxy settings ({@code quarkus.http.proxy.*}) let it be seen.
 */
@ApplicationScoped
public class ServiceAddresses {
    private static final String REACHED = ServiceAddress.class.getName();

    private final List<ServiceAddress> configured;
    private final String rootPath;

    // No mapping of a whole "service.": an environment has variables of that name for other reasons, which would stop the start.
    ServiceAddresses(@ConfigProperty(name = ConfiguredAddresses.URL) Optional<String> url,
            @ConfigProperty(name = ConfiguredAddresses.ADDITIONAL_URLS) Optional<List<String>> additional,
            @ConfigProperty(name = "quarkus.http.root-path", defaultValue = "/") String rootPath) {
        this.configured = ConfiguredAddresses.read(url, additional);
        this.rootPath = rootPath.replaceFirst("/+$", "");
    }

    List<ServiceAddress> configured() {
        return configured;
    }

    boolean hasRootPath() {
        return !rootPath.isEmpty();
    }

    Optional<ServiceAddress> main() {
        return configured.stream().findFirst();
    }

    /** Whether the service knows of the address at which a browser is. */
    boolean isKnown(ServiceAddress came, ServiceAddress seen) {
        return configured.isEmpty() ? came.equals(seen) : configured.contains(came);
    }

    /** The address that this request has reached. It is the same for all of the request. */
    public ServiceAddress of(RoutingContext context) {
        ServiceAddress reached = context.get(REACHED);
        if (reached == null) {
            reached = configured.isEmpty() ? seen(context.request()) : best(context.request(), configured);
            context.put(REACHED, reached);
        }
        return reached;
    }

    /** Tells the rest of the request that its path was below that of one of these addresses. */
    void reached(RoutingContext context, List<ServiceAddress> ofThatPath) {
        context.put(REACHED, best(context.request(), ofThatPath));
    }

    /**
     * All the addresses that this request may have reached: more than one only where a proxy passes on neither scheme nor host, so that the
     * best guess may be wrong.
     */
    public List<ServiceAddress> possible(RoutingContext context) {
        ServiceAddress reached = of(context);
        return configured.size() < 2 || reached.origin().equals(seen(context.request()).origin())
                ? List.of(reached)
                : configured;
    }

    /** Whether pages of this origin are the service's own. */
    public boolean isOwn(String origin, RoutingContext context) {
        return configured.isEmpty()
                ? origin.equalsIgnoreCase(seen(context.request()).origin())
                : configured.stream().anyMatch(address -> address.origin().equalsIgnoreCase(origin));
    }

    /** Says what is wrong for who came from this origin, which is not the service's own; empty where that is no address at all. */
    public Optional<AddressMismatch> mismatch(String origin, RoutingContext context) {
        return AddressMismatch.of(origin, seen(context.request()), configured);
    }

    /** Whether a proxy speaks of another address than the one that is seen, and no setting says which is right. */
    private boolean isUncertain(RoutingContext context) {
        return configured.isEmpty()
                && ForwardedClaim.in(context.request()).contradicts(seen(context.request()));
    }

    /**
     * The address that this request has reached, for what will be believed later, such as a script or a link with a secret.
     *
     * @throws HttpProblem 400 where it is none, or may be wrong
     */
    public ServiceAddress certain(RoutingContext context) {
        ServiceAddress address = of(context);
        if (!address.isPlain()) {
            throw Problems.of(400, "The Host of the request is no plain host[:port].");
        }
        if (isUncertain(context)) {
            throw Problems.of(400, "A proxy speaks of another address than " + address + ", which the service sees: "
                    + "whoever runs it can set service.url to the address that people and machines reach it at.");
        }
        return address;
    }

    /** The address as Quarkus' proxy settings let it be seen, configured or not. */
    ServiceAddress seen(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return ServiceAddress.of(request.scheme(), authority == null ? "" : authority.toString(),
                forwardedPrefix(request) + rootPath);
    }

    /** Finds the prefix that Quarkus puts before the address, and not before its path, where a proxy says so that is believed. */
    private static String forwardedPrefix(HttpServerRequest request) {
        String uri = request.uri();
        String path = request.path();
        if (path == null || uri.startsWith(path)) {
            return "";
        }
        int query = uri.indexOf('?');
        String whole = query < 0 ? uri : uri.substring(0, query);
        String prefix = whole.endsWith(path) ? whole.substring(0, whole.length() - path.length()) : "";
        return ServiceAddress.isPlainPath(prefix) ? prefix : "";
    }

    private ServiceAddress best(HttpServerRequest request, List<ServiceAddress> addresses) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        ServiceAddress seen = seen(request);
        return find(addresses, address -> address.origin().equalsIgnoreCase(origin))
                .or(() -> find(addresses, address -> address.origin().equals(seen.origin())))
                .or(() -> find(addresses, address -> address.authority().equals(seen.authority())))
                .or(() -> find(addresses, address -> address.host().equals(seen.host())))
                .orElse(addresses.get(0));
    }

    private static Optional<ServiceAddress> find(List<ServiceAddress> addresses, Predicate<ServiceAddress> fits) {
        return addresses.stream().filter(fits).findFirst();
    }
}
