package org.machineregistry.identity.provider;

import java.util.List;
import java.util.Optional;

import org.machineregistry.http.StrictJson;
import org.machineregistry.identity.Owners;
import org.machineregistry.identity.TeamClaims;
import org.machineregistry.identity.Teams;

import io.vertx.core.json.JsonObject;

/**
 * A person as an OpenID provider describes them.
 *
 * @param id the provider's {@code sub}
 * @param name what to call them; null where the provider does not say it
 * @param teams those that its claims name
 */
public record ProviderPerson(String id, String name, Teams teams) {
    private static final int LONGEST_NAME = 100;
    // GitHub is no OpenID provider, and says "id" and "login".
    private static final List<String> IDS = List.of("sub", "id");
    private static final List<String> NAMES = List.of("name", "preferred_username", "login", "email");

    /** The person of these claims; empty for one without an id that can be the owner of a machine. */
    public static Optional<ProviderPerson> of(JsonObject claims, TeamClaims teams) {
        return first(claims, IDS)
                // A person with the id of another issuer's person would own the machines of both.
                .filter(id -> Owners.isPerson(id) && !id.startsWith(Issuer.PREFIX))
                .map(id -> new ProviderPerson(id, first(claims, NAMES).map(ProviderPerson::shown).orElse(null),
                        teams.provided(claims)));
    }

    /** The same person, apart from whom other issuers call so; empty where the id would be too long. */
    Optional<ProviderPerson> of(Issuer issuer) {
        return Optional.of(new ProviderPerson(issuer.own(id), name, teams))
                .filter(person -> Owners.isPerson(person.id));
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
}
