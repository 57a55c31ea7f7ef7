package org.machineregistry.machine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;

import org.machineregistry.identity.User;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;

/** Answers with a list or a page of it: bytes, so that the strong ETag is that of what is sent. */
@ApplicationScoped
public class MachineLists {
    private final MachineReader reader;
    private final ObjectWriter writer;

    MachineLists(MachineReader reader, ObjectMapper mapper) {
        this.reader = reader;
        this.writer = mapper.writerFor(mapper.getTypeFactory().constructCollectionType(List.class, MachineView.class));
    }

    Response of(Optional<User> user, ListQuery query, Request request) {
        List<MachineView> machines = user.map(found -> reader.list(found.id(), query)).orElse(List.of());
        boolean more = query.limit() != null && machines.size() > query.limit();
        List<MachineView> page = more ? machines.subList(0, query.limit()) : machines;
        byte[] body = write(page);
        EntityTag tag = new EntityTag(Base64.getUrlEncoder().withoutPadding().encodeToString(Secret.hash(body)));
        Response.ResponseBuilder response = Optional.ofNullable(request.evaluatePreconditions(tag))
                .orElseGet(() -> Response.ok(body, MediaType.APPLICATION_JSON_TYPE));
        response.tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header(HttpHeaders.VARY, "Authorization, Cookie");
        return more ? response.header(HttpHeaders.LINK, next(query, page)).build() : response.build();
    }

    private byte[] write(List<MachineView> machines) {
        try {
            return writer.writeValueAsBytes(machines);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A list of records is always JSON", impossible);
        }
    }

    private static String next(ListQuery query, List<MachineView> page) {
        StringBuilder uri = new StringBuilder("<").append(MachineResource.PATH).append("?limit=").append(query.limit());
        if (query.status() != null) {
            uri.append("&status=").append(query.status().label);
        }
        if (query.namePart() != null) {
            uri.append("&q=").append(URLEncoder.encode(query.namePart(), StandardCharsets.UTF_8));
        }
        return uri.append("&after=")
                .append(PageCursor.of(page.get(page.size() - 1)))
                .append(">; rel=\"next\"")
                .toString();
    }
}
