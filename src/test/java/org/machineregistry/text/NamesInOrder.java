package org.machineregistry.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Names in their order, those that are equal in one group. The page's tests read the same file. */
public final class NamesInOrder {
    private NamesInOrder() {}

    public static List<List<String>> groups() throws IOException {
        try (InputStream file = NamesInOrder.class.getResourceAsStream("/names-in-order.json")) {
            return new ObjectMapper().readValue(file, new TypeReference<>() {
            });
        }
    }
}
