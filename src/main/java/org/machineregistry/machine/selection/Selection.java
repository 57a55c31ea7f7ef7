package org.machineregistry.machine.selection;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.ws.rs.core.MultivaluedMap;

import org.machineregistry.http.Problems;
import org.machineregistry.label.LabelSelection;
import org.machineregistry.machine.MachineStatus;
import org.machineregistry.text.NaturalOrder;
import org.machineregistry.text.VisibleText;

/**
 * Which of an owner's machines are meant, the same for lists, counts, streams and changes in bulk; each part null where all are.
 *
 * @param part of the name, of the host's name or, from three characters on, of the id; without case
 * @param enrolledWith the id of the enrolment key that they came with
 * @param flapping whether only those that changed five times within an hour
 */
public record Selection(MachineStatus status, String part, boolean flapping, LabelSelection labels,
        String enrolledWith) {
    public static final Selection ALL = new Selection(null, null, false, LabelSelection.ALL, null);
    private static final int LONGEST_PART = 100;
    // The column of the database is that long.
    private static final int LONGEST_KEY = 60;
    // Every second id that the service makes holds any given letter.
    private static final int SHORTEST_PART_OF_ID = 3;

    private static final String FLAPPING = """
            \sand case when status_since > now() - interval '1 hour' then history[5] not like '%never_connected'
            and split_part(history[5], ' ', 1)::bigint > extract(epoch from now() - interval '1 hour') * 1000 end""";

    /** @param query the parameters of a request */
    public static Selection parse(MultivaluedMap<String, String> query) {
        return parse(query.getFirst("status"), query.getFirst("q"), query.getFirst("flapping"), query.get("label"))
                .enrolledWith(query.getFirst("enrolledWith"));
    }

    /** @param labels as many as there are; null for none */
    static Selection parse(String status, String part, String flapping, List<String> labels) {
        if (flapping != null && !flapping.equals("true")) {
            throw Problems.invalid("flapping", "must be true");
        }
        return new Selection(status == null ? null : parseStatus(status),
                part == null || part.isEmpty() ? null : parsePart(part), flapping != null,
                LabelSelection.parse(labels), null);
    }

    /**
     * Whether a statement has to be planned for the values of this. A plan for any values takes a label for one that few machines have,
     * and reads all that have it, of all owners.
     */
    public boolean isPlanned() {
        return !labels.equals(LabelSelection.ALL);
    }

    private Selection enrolledWith(String key) {
        if (key == null) {
            return this;
        }
        if (key.length() > LONGEST_KEY) {
            throw Problems.invalid("enrolledWith", "must be the id of an enrolment key");
        }
        return new Selection(status, part, flapping, labels, key);
    }

    private static MachineStatus parseStatus(String status) {
        return switch (status) {
            case "online" -> MachineStatus.ONLINE;
            case "offline" -> MachineStatus.OFFLINE;
            default -> throw Problems.invalid("status", "must be online or offline");
        };
    }

    private static String parsePart(String part) {
        String composed = VisibleText.nfc(part);
        if (composed.codePointCount(0, composed.length()) > LONGEST_PART) {
            throw Problems.invalid("q", "must be at most " + LONGEST_PART + " characters, as names are");
        }
        int invisible = VisibleText.findInvisibleInPart(composed);
        if (invisible != VisibleText.NONE) {
            throw Problems.invalid("q", VisibleText.mustNotContain(invisible));
        }
        return NaturalOrder.withoutCase(composed);
    }

    /** Adds which of the machines, each with an "and" before it. */
    public void addConditions(StringBuilder where, List<Object> parameters) {
        if (status != null) {
            // A status that only a newer version of the service knows is shown as offline, and found so.
            where.append(status == MachineStatus.ONLINE ? " and status = 'online'" : " and status <> 'online'");
        }
        if (part != null) {
            contains(where, parameters);
        }
        if (flapping) {
            where.append(FLAPPING);
        }
        labels.addConditions(where, parameters);
        if (enrolledWith != null) {
            where.append(" and enrolled_with = ?");
            parameters.add(enrolledWith);
        }
    }

    private void contains(StringBuilder where, List<Object> parameters) {
        // The result of lower() for letters outside ASCII depends on how a PostgreSQL was built: host names have none.
        List<String> searched = part.length() < SHORTEST_PART_OF_ID
                ? List.of("sort_name", "lower(hostname collate \"C\")")
                : List.of("sort_name", "lower(hostname collate \"C\")", "lower(machine_id)");
        String pattern = '%' + part.replaceAll("[!%_]", "!$0") + '%';
        where.append(searched.stream()
                .map(column -> column + " like ? escape '!'")
                .collect(Collectors.joining(" or ", " and (", ")")));
        searched.forEach(column -> parameters.add(pattern));
    }

    /** Writes it as the parameters of a link, each with an ampersand before it. */
    public String asParameters() {
        List<String> parameters = new ArrayList<>();
        if (status != null) {
            parameters.add("&status=" + status.label);
        }
        if (part != null) {
            parameters.add("&q=" + encode(part));
        }
        if (flapping) {
            parameters.add("&flapping=true");
        }
        if (enrolledWith != null) {
            parameters.add("&enrolledWith=" + encode(enrolledWith));
        }
        labels.selectors().forEach(selector -> parameters.add("&label=" + encode(selector.toString())));
        return String.join("", parameters);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
