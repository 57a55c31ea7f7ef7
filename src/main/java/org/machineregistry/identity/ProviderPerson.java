package org.machineregistry.identity;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.machineregistry.http.StrictJson;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A person as an OpenID provider describes them.
 *
 * @param id the provider's {@code sub}
 * @param name what to call them; null where the provider does not say it
 * @param teams the names of their teams, in order, as they stand behind the prefix
 */
record ProviderPerson(String id, String name, List<String> teams) {
    private static final int LONGEST_ID = 255;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_TEAM = 100;
    // An owner that begins so is a team: nobody may be taken for one.
    private static final String TEAM = "team:";
    // GitHub is no OpenID provider, and says "id" and "login".
    private static final List<String> IDS = List.of("sub", "id");
    private static final List<String> NAMES = List.of("name", "preferred_username", "login", "email");

    /** Empty for who has no id that can be the owner of a machine. */
    static Optional<ProviderPerson> of(JsonObject claims, TeamsConfig config) {
        return first(claims, IDS)
                .filter(id -> id.length() <= LONGEST_ID && !id.startsWith(TEAM))
                .map(id -> new ProviderPerson(id, first(claims, NAMES).map(ProviderPerson::shown).orElse(null),
                        teams(claims, config)));
    }

    private static Optional<String> first(JsonObject claims, List<String> names) {
        return names.stream().map(claims::getValue)
                .filter(value -> value instanceof String || value instanceof Number)
                .map(String::valueOf)
                .filter(text -> !text.isBlank() && StrictJson.isWellFormed(text))
                .findFirst();
    }

    private static String shown(String name) {
        String visible = name.replaceAll("\\p{C}", "").strip();
        return visible.codePointCount(0, visible.length()) <= LONGEST_NAME
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, LONGEST_NAME));
    }

    private static List<String> teams(JsonObject claims, TeamsConfig config) {
        String prefix = config.prefix().orElse("");
        return List.copyOf(values(claim(claims, config.claim()))
                .filter(value -> value.startsWith(prefix))
                .map(value -> value.substring(prefix.length()))
                .filter(team -> !team.isBlank() && team.length() <= LONGEST_TEAM && StrictJson.isWellFormed(team))
                .collect(TreeSet<String>::new, TreeSet::add, TreeSet::addAll));
    }

    private static Object claim(JsonObject claims, String name) {
        Object whole = claims.getValue(name);
        int slash = name.indexOf('/');
        // A claim may have the name of a URL.
        return whole == null && slash > 0 && claims.getValue(name.substring(0, slash)) instanceof JsonObject inner
                ? claim(inner, name.substring(slash + 1))
                : whole;
    }

    private static Stream<String> values(Object claim) {
        return claim instanceof String one
                ? Stream.of(one)
                : claim instanceof JsonArray several
                        ? several.stream().filter(String.class::isInstance).map(String.class::cast)
                        : Stream.empty();
    }
}
