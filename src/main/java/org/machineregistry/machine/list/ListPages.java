package org.machineregistry.machine.list;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.EntityTag;

import org.machineregistry.credential.Secret;
import org.machineregistry.response.BodyMemory;
import org.machineregistry.response.SharedBody;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;

/** Writes a list as it is sent, with its ETag and the link to its next page. */
@ApplicationScoped
class ListPages {
    private final ObjectWriter writer;
    private final ObjectWriter entries;

    ListPages(ObjectMapper mapper) {
        this.writer = mapper.writerFor(mapper.getTypeFactory().constructCollectionType(List.class, MachineView.class));
        this.entries = mapper.writerFor(MachineView.class);
    }

    /** @param machines one more than the query's limit where there is more */
    ListPage of(List<MachineView> machines, ListQuery query) {
        boolean more = query.limit() != null && machines.size() > query.limit();
        List<MachineView> page = more ? machines.subList(0, query.limit()) : machines;
        byte[] body = write(page, query.format());
        return ListPage.small(body, tagOf(List.of(body)), more ? next(query, page.get(page.size() - 1)) : null);
    }

    /** Writes a list of any length, row after row. @param largest how many bytes it may have */
    ListWriter writer(ListQuery query, long largest) {
        try {
            return new ListWriter(output -> writer(query.format(), output), query.limit(), largest);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Makes a page of the rows that were written, for which so much memory was taken. The caller holds it. */
    ListPage of(ListWriter written, ListQuery query, BodyMemory memory, long taken) {
        SharedBody body = written.share(memory, taken);
        MachineView last = written.lastBeforeMore();
        return new ListPage(null, body.hold(), tagOf(body.pieces()), last == null ? null : next(query, last));
    }

    private static EntityTag tagOf(List<byte[]> pieces) {
        MessageDigest digest = Secret.sha256();
        pieces.forEach(digest::update);
        return new EntityTag(Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()));
    }

    private EntryWriter writer(ListFormat format, OutputStream output) throws IOException {
        return switch (format) {
            case JSON -> new JsonWriter(entries.writeValuesAsArray(output));
            case CSV -> new CsvWriter(output);
        };
    }

    private record JsonWriter(SequenceWriter json) implements EntryWriter {
        @Override
        public void write(MachineView machine) throws IOException {
            json.write(machine);
        }

        @Override
        public void close() throws IOException {
            json.close();
        }
    }

    private byte[] write(List<MachineView> machines, ListFormat format) {
        try {
            return format == ListFormat.JSON ? writer.writeValueAsBytes(machines) : csv(machines);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] csv(List<MachineView> machines) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        CsvWriter csv = new CsvWriter(output);
        for (MachineView machine : machines) {
            csv.write(machine);
        }
        return output.toByteArray();
    }

    private static String next(ListQuery query, MachineView last) {
        StringBuilder uri = new StringBuilder(ListResource.PATH).append("?limit=").append(query.limit())
                .append(query.selection().asParameters());
        if (!query.order().equals(ListOrder.BY_NAME)) {
            uri.append("&sort=").append(query.order());
        }
        return uri.append("&after=").append(PageCursor.of(query.order(), last)).toString();
    }
}
