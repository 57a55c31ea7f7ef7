package org.machineregistry.identity;

import java.util.List;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.quarkus.security.AuthenticationFailedException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Reads the teams that stand in a JWT: those that the service signed, or those of a provider. */
@Singleton
public class TeamClaims {
    private final TeamsConfig config;

    TeamClaims(TeamsConfig config) {
        this.config = config;
    }

    /**
     * The teams of a JWT that the service signed. What the versions before signed has none, and their groups are not teams.
     *
     * @throws AuthenticationFailedException where the claim is of another type
     */
    public Teams signed(JsonObject claims) {
        Object claim = claims.getValue(Teams.CLAIM);
        if (claim == null) {
            return Teams.NONE;
        }
        if (claim instanceof JsonArray names && names.stream().allMatch(String.class::isInstance)) {
            return teams(strings(names).toList());
        }
        throw new AuthenticationFailedException();
    }

    /** Reads the teams from a provider's claims, and leaves out what is no name of a team: the provider may say anything. */
    public Teams provided(JsonObject claims) {
        String prefix = config.prefix().orElse("");
        return teams(strings(find(claims)).filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .filter(name -> Team.parse(name).isUsable())
                .distinct()
                .toList());
    }

    private Teams teams(List<String> names) {
        return Teams.of(names, names.stream().anyMatch(this::isAdministrators));
    }

    // The name of a claim may be a URL.
    private Object find(JsonObject claims) {
        Object found = claims.getValue(config.claim());
        if (found != null) {
            return found;
        }
        Object at = claims;
        for (String part : config.claim().split("/")) {
            at = at instanceof JsonObject object ? object.getValue(part) : null;
        }
        return at;
    }

    private static Stream<String> strings(Object claim) {
        return claim instanceof JsonArray names
                ? names.stream().filter(String.class::isInstance).map(String.class::cast)
                : Stream.ofNullable(claim).filter(String.class::isInstance).map(String.class::cast);
    }

    private boolean isAdministrators(String name) {
        return config.administrators()
                .filter(group -> group.equals(name) || group.equals(config.prefix().orElse("") + name))
                .isPresent();
    }
}
