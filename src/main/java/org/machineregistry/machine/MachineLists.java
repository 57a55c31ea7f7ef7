package org.machineregistry.machine;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

import org.machineregistry.identity.User;

import io.smallrye.mutiny.Uni;

/** Answers with a list or a page of it, or says that it is the one that the caller has. */
@ApplicationScoped
class MachineLists {
    private final ListReads reads;
    private final ListPages pages;

    MachineLists(ListReads reads, ListPages pages) {
        this.reads = reads;
        this.pages = pages;
    }

    Uni<Response> of(Optional<User> user, ListQuery query, Request request) {
        return user.map(found -> reads.read(found.id(), query))
                .orElseGet(() -> Uni.createFrom().item(pages.of(List.of(), query)))
                .map(page -> answer(page, request));
    }

    private static Response answer(ListPage page, Request request) {
        Response.ResponseBuilder response = Optional.ofNullable(request.evaluatePreconditions(page.tag()))
                .orElseGet(() -> Response.ok(page.body(), MediaType.APPLICATION_JSON_TYPE))
                .tag(page.tag())
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header(HttpHeaders.VARY, "Authorization, Cookie");
        return page.next() == null ? response.build() : response.header(HttpHeaders.LINK, page.next()).build();
    }
}
