package org.machineregistry.machine.list;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.machineregistry.address.ServiceAddresses;
import org.machineregistry.identity.Owners;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Answers with a list or a page of it, or says that it is the one that the caller has. */
@ApplicationScoped
public class MachineLists {
    private static final Pattern TAG = Pattern.compile("(?:W/)?\"([^\"]*)\"");

    private final ListReads reads;
    private final ListPages pages;
    private final ServiceAddresses addresses;

    MachineLists(ListReads reads, ListPages pages, ServiceAddresses addresses) {
        this.addresses = addresses;
        this.reads = reads;
        this.pages = pages;
    }

    /**
     * @param owners empty for who has no credential
     * @param known the tags of the lists that the caller has, as in If-None-Match; null where it named none
     * @param context of the request, which ends when the list was sent, or the caller has gone
     */
    Uni<Response> of(Optional<Owners> owners, ListQuery query, String known, RoutingContext context) {
        return owners.map(found -> read(new Question(found, query), context))
                .orElseGet(() -> Uni.createFrom().item(pages.of(List.of(), query)))
                .map(page -> answer(page, query.format(), known, context));
    }

    private Uni<ListPage> read(Question question, RoutingContext request) {
        return heldBy(request, reads.read(question));
    }

    /** The page is released when this request ends, and nobody waits for it when the request has ended before. */
    public static Uni<ListPage> heldBy(RoutingContext request, CompletableFuture<ListPage> answer) {
        request.addEndHandler(ended -> {
            if (!answer.cancel(false)) {
                answer.thenAccept(ListPage::release);
            }
        });
        return Uni.createFrom().emitter(emitter -> answer.whenComplete((page, failure) -> {
            if (failure == null) {
                emitter.complete(page);
            } else if (!answer.isCancelled()) {
                emitter.fail(LargeLists.problemOf(failure));
            }
        }));
    }

    private Response answer(ListPage page, ListFormat format, String known, RoutingContext context) {
        Response.ResponseBuilder response = isAmong(known, page.tag())
                ? Response.notModified()
                : Response.ok(page.body(), format.type);
        response.tag(page.tag())
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header(HttpHeaders.VARY, "Authorization, Cookie, Accept");
        if (page.next() != null) {
            response.header(HttpHeaders.LINK,
                    "<" + addresses.of(context).path() + page.next() + ownerIn(context) + ">; rel=\"next\"");
        }
        return response.build();
    }

    // The owner as the caller has named it: a page is shared by all who ask for the same machines.
    private static String ownerIn(RoutingContext context) {
        String owner = context.request().getParam("owner");
        return owner == null ? "" : "&owner=" + URLEncoder.encode(owner, StandardCharsets.UTF_8);
    }

    // Compares weakly: the REST layer compares strongly, and misses a tag that a proxy made weak when it compressed the list.
    private static boolean isAmong(String known, EntityTag tag) {
        return known != null && (known.strip().equals("*")
                || TAG.matcher(known).results().anyMatch(one -> one.group(1).equals(tag.getValue())));
    }
}
