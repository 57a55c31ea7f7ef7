package org.machineregistry.machine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.EntityTag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;

/** Writes a list as it is sent, with its ETag and the link to its next page. */
@ApplicationScoped
class ListPages {
    private final ObjectWriter writer;

    ListPages(ObjectMapper mapper) {
        this.writer = mapper.writerFor(mapper.getTypeFactory().constructCollectionType(List.class, MachineView.class));
    }

    /** @param machines one more than the query's limit where there is more */
    ListPage of(List<MachineView> machines, ListQuery query) {
        boolean more = query.limit() != null && machines.size() > query.limit();
        List<MachineView> page = more ? machines.subList(0, query.limit()) : machines;
        byte[] body = write(page);
        EntityTag tag = new EntityTag(Base64.getUrlEncoder().withoutPadding().encodeToString(Secret.hash(body)));
        return new ListPage(body, tag, more ? next(query, page.get(page.size() - 1)) : null);
    }

    private byte[] write(List<MachineView> machines) {
        try {
            return writer.writeValueAsBytes(machines);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A list of records is always JSON", impossible);
        }
    }

    private static String next(ListQuery query, MachineView last) {
        StringBuilder uri = new StringBuilder(MachineResource.PATH).append("?limit=").append(query.limit());
        if (query.status() != null) {
            uri.append("&status=").append(query.status().label);
        }
        if (query.namePart() != null) {
            uri.append("&q=").append(URLEncoder.encode(query.namePart(), StandardCharsets.UTF_8));
        }
        return uri.append("&after=").append(PageCursor.of(last)).toString();
    }
}
