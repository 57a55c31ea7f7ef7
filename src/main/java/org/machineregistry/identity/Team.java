package org.machineregistry.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A team, and what a person may do in it. */
// A part of the body of a plain Response: nothing shows the native build that it is JSON.
@RegisterForReflection
public record Team(String name, Role role) {
    private static final char SEPARATOR = ':';

    /**
     * Reads what stands in the claim: {@code ops}, which is an operator, or {@code ops:viewer}, {@code ops:operator}, {@code ops:admin}.
     * Another colon, and all that follows it, is a part of the name.
     */
    static Team parse(String claimed) {
        for (Role role : Role.values()) {
            String suffix = SEPARATOR + role.label;
            if (claimed.endsWith(suffix)) {
                return new Team(claimed.substring(0, claimed.length() - suffix.length()), role);
            }
        }
        return new Team(claimed, Role.OPERATOR);
    }

    boolean isUsable() {
        return Owners.isTeam(owner()) && Owners.mayOwn(owner());
    }

    /** The team's name as the owner of machines. */
    String owner() {
        return Owners.TEAM + name;
    }
}
