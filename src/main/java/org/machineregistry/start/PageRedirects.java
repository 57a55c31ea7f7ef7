package org.machineregistry.start;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.address.ServiceAddresses;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Leads people to the page: its own address ends with a slash. */
@ApplicationScoped
class PageRedirects {
    // Relative: a proxy may have taken a path off that nobody told of.
    private static final String PAGE = "app/";

    private final ServiceAddresses addresses;

    PageRedirects(ServiceAddresses addresses) {
        this.addresses = addresses;
    }

    void register(@Observes Router router) {
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
            router.route(method, "/").handler(this::toPage);
            router.routeWithRegex(method, "/app").handler(this::toPage);
        }
    }

    private void toPage(RoutingContext context) {
        String path = addresses.of(context).path();
        context.response().setStatusCode(302)
                .putHeader(HttpHeaders.LOCATION, path.isEmpty() ? PAGE : path + '/' + PAGE)
                .end();
    }
}
