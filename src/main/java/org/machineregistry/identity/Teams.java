package org.machineregistry.identity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/**
 * The teams that a session or an API token was given, and nothing that came later.
 *
 * @param claimed as they stand in the claim, to be signed again where a session is renewed
 * @param roles by the team as the owner of machines, {@code team:ops}
 * @param administrator whether its person is admin of everything
 */
public record Teams(List<String> claimed, Map<String, Role> roles, boolean administrator) {
    public static final Teams NONE = new Teams(List.of(), Map.of(), false);
    /** The claim of what the service signs. */
    public static final String CLAIM = "teams";

    /** @param administrator whether a name of the claim is that of the administrators */
    static Teams of(List<String> claimed, boolean administrator) {
        if (claimed.isEmpty()) {
            return NONE;
        }
        Map<String, Role> roles = claimed.stream()
                .map(Team::parse)
                .filter(Team::isUsable)
                .collect(Collectors.toMap(Team::owner, Team::role, BinaryOperator.maxBy(Role::compareTo),
                        TreeMap::new));
        return new Teams(List.copyOf(claimed), roles, administrator);
    }

    Optional<Role> roleOn(String team) {
        return administrator ? Optional.of(Role.ADMIN) : Optional.ofNullable(roles.get(team));
    }

    /** The teams as answers show them, by name. */
    public List<Team> all() {
        return roles.keySet().stream()
                .map(team -> new Team(team.substring(Owners.TEAM.length()), roleOn(team).orElseThrow()))
                .toList();
    }
}
