package org.machineregistry.agent;

import java.nio.charset.StandardCharsets;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;

import org.machineregistry.http.StrictJson;
import org.machineregistry.text.VisibleText;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Says what cannot be kept of a machine's metadata. */
// Hibernate Validator makes it, by its public constructor.
public class MetadataValidator implements ConstraintValidator<Metadata, ObjectNode> {
    private static final int MOST_BYTES = 8 * 1024;

    @Override
    public boolean isValid(ObjectNode metadata, ConstraintValidatorContext context) {
        if (metadata == null) {
            return true;
        }
        String fault = faultOf(metadata);
        if (fault == null) {
            return json(metadata).getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
        }
        context.disableDefaultConstraintViolation();
        context.buildConstraintViolationWithTemplate(fault).addConstraintViolation();
        return false;
    }

    private static String faultOf(JsonNode node) {
        if (node.isTextual() && !StrictJson.isWellFormed(node.textValue())) {
            return StrictJson.ILL_FORMED;
        }
        if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
            return "must not hold a number that is out of range";
        }
        for (var names = node.fieldNames(); names.hasNext();) {
            if (!StrictJson.isWellFormed(names.next())) {
                return StrictJson.ILL_FORMED;
            }
        }
        for (JsonNode each : node) {
            String fault = faultOf(each);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    /** The object as it is kept and shown. */
    static String json(ObjectNode metadata) {
        return clean(metadata).toString();
    }

    private static JsonNode clean(JsonNode node) {
        if (node.isTextual()) {
            return JsonNodeFactory.instance.textNode(VisibleText.clean(node.textValue()));
        }
        if (node.isObject()) {
            ObjectNode clean = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(each -> clean.set(VisibleText.clean(each.getKey()), clean(each.getValue())));
            return clean;
        }
        if (node.isArray()) {
            ArrayNode clean = JsonNodeFactory.instance.arrayNode();
            node.forEach(each -> clean.add(clean(each)));
            return clean;
        }
        return node;
    }
}
