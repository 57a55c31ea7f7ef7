package org.machineregistry.identity.session;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.machineregistry.address.AddressMismatch;
import org.machineregistry.address.MismatchLog;
import org.machineregistry.address.ServiceAddresses;
import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;
import org.machineregistry.http.RequestGuard;
import org.machineregistry.http.RequestPath;
import org.machineregistry.http.RouterProblems;

import io.quarkus.vertx.http.runtime.cors.CORSFilter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Keeps other sites from changing things with a browser's cookie. What may read across sites is left to Quarkus' CORS
 * filter, which sees only the origins that are allowed: it refuses the others without a word.
 */
@ApplicationScoped
class CrossSiteGuard {
    private static final int BEFORE_CORS = 400;
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    // A browser says so of what no page of this origin asked for, and no page can say otherwise.
    private static final String FETCH_SITE = "Sec-Fetch-Site";
    private static final Set<String> FOREIGN_SITES = Set.of("cross-site", "same-site");

    private final ServiceAddresses addresses;
    private final MismatchLog mismatches;
    private final List<String> allowedOrigins;
    private final List<Pattern> allowedPatterns;

    CrossSiteGuard(ServiceAddresses addresses, MismatchLog mismatches,
            @ConfigProperty(name = "quarkus.http.cors.origins") Optional<List<String>> allowedOrigins) {
        this.addresses = addresses;
        this.mismatches = mismatches;
        // A list may have spaces behind its commas.
        this.allowedOrigins = allowedOrigins.orElse(List.of()).stream().map(String::trim).toList();
        this.allowedPatterns = CORSFilter.parseAllowedOriginsRegex(Optional.of(this.allowedOrigins));
    }

    void register(@Observes Filters filters) {
        filters.register(this::guard, BEFORE_CORS);
    }

    private void guard(RoutingContext context) {
        HttpServerRequest request = context.request();
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        boolean allowed = origin != null && isAllowed(origin);
        boolean own = origin == null || allowed || addresses.isOwn(origin, context);
        if (!own && isPreflight(request)) {
            RouterProblems.answer(context, Problems.of(403, "This origin may not call the service."));
            return;
        }
        if (usesCookie(context)) {
            Optional<HttpProblem> refusal = own ? wrongMediaType(request) : Optional.of(foreign(origin, context));
            if (refusal.isPresent()) {
                RouterProblems.answer(context, refusal.get());
                return;
            }
        }
        if (origin != null && !allowed) {
            // It tells best which address was reached.
            addresses.of(context);
            request.headers().remove(HttpHeaders.ORIGIN);
        }
        context.next();
    }

    private static Optional<HttpProblem> wrongMediaType(HttpServerRequest request) {
        return RequestGuard.hasBody(request) && !isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))
                ? Optional.of(Problems.of(415))
                : Optional.empty();
    }

    /** Another site, or the service's own page at an address that the service does not know. */
    private HttpProblem foreign(String origin, RoutingContext context) {
        String site = context.request().getHeader(FETCH_SITE);
        Optional<AddressMismatch> mismatch = site != null && FOREIGN_SITES.contains(site)
                ? Optional.empty()
                : addresses.mismatch(origin, context);
        mismatch.ifPresent(mismatches::note);
        return mismatch.map(AddressMismatch::problem).orElseGet(() -> Problems.of(403,
                "The Origin of a changing request must be the service's own or an allowed one."));
    }

    private static boolean usesCookie(RoutingContext context) {
        return RequestPath.isForPeople(RequestPath.of(context)) && !SAFE.contains(context.request().method())
                && context.request().getHeader(HttpHeaders.AUTHORIZATION) == null;
    }

    private boolean isAllowed(String origin) {
        return allowedOrigins.contains("*") || allowedOrigins.contains(origin)
                || CORSFilter.isOriginAllowedByRegex(allowedPatterns, origin);
    }

    private static boolean isPreflight(HttpServerRequest request) {
        return request.method() == HttpMethod.OPTIONS && request.headers().contains("Access-Control-Request-Method");
    }

    private static boolean isJson(String mediaType) {
        return mediaType != null && mediaType.split(";", 2)[0].trim().equalsIgnoreCase("application/json");
    }
}
