package org.machineregistry.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Leads people to the page: its own address ends with a slash. */
@ApplicationScoped
class PageRedirects {
    private static final String PAGE = "/app/";

    void register(@Observes Router router) {
        router.get("/").handler(PageRedirects::toPage);
        router.getWithRegex("/app").handler(PageRedirects::toPage);
    }

    private static void toPage(RoutingContext context) {
        context.response().setStatusCode(302).putHeader(HttpHeaders.LOCATION, PAGE).end();
    }
}
