package org.machineregistry.start;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.machineregistry.address.ServiceAddresses;
import org.machineregistry.http.NoStore;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Leads people to the page: its own address ends with a slash, and below it there is nothing else that a person could mean. */
@ApplicationScoped
class PageRedirects {
    // Relative: a proxy may have taken a path off that nobody told of.
    private static final String PAGE = "app/";
    private static final String HTML = "text/html";
    private static final String PLACE = "(.*/)?[^./]+/?";
    // Before Quarkus REST, which is at 10,000 (3.33.2) and answers what it does not know with a problem; Quinoa's files come behind it.
    private static final int BEFORE_REST = 9_999;

    private final ServiceAddresses addresses;

    PageRedirects(ServiceAddresses addresses) {
        this.addresses = addresses;
    }

    void register(@Observes Router router) {
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.HEAD)) {
            router.route(method, "/").handler(this::toPage);
            router.routeWithRegex(method, "/app").handler(this::toPage);
            router.route(method, "/app/*").order(BEFORE_REST).handler(PageRedirects::toPageFromBelow);
        }
    }

    private void toPage(RoutingContext context) {
        String path = addresses.of(context).path();
        redirect(context, path.isEmpty() ? PAGE : path + '/' + PAGE);
    }

    /** Only browsers that open a page ask for HTML, and all that the page is made of has an extension. */
    private static void toPageFromBelow(RoutingContext context) {
        String accepted = context.request().getHeader(HttpHeaders.ACCEPT);
        String below = context.pathParam("*");
        if (accepted == null || !accepted.contains(HTML) || below == null || !below.matches(PLACE)) {
            context.next();
            return;
        }
        String query = context.request().query();
        long folders = below.chars().filter(character -> character == '/').count();
        // There may be something with the next version: nobody is to keep that there was not.
        NoStore.put(context.response()).putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        redirect(context, (folders == 0 ? "./" : "../".repeat((int) folders)) + (query == null ? "" : '?' + query));
    }

    private static void redirect(RoutingContext context, String page) {
        context.response().setStatusCode(302).putHeader(HttpHeaders.LOCATION, page).end();
    }
}
