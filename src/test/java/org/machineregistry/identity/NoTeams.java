package org.machineregistry.identity;

import java.util.Optional;

/** Settings of teams as they are where nobody has set any. */
public final class NoTeams {
    private record Settings(String claim, Optional<String> prefix, Optional<String> administrators)
            implements
                TeamsConfig {}

    private NoTeams() {}

    public static TeamClaims claims() {
        return new TeamClaims(new Settings("groups", Optional.empty(), Optional.empty()));
    }
}
