package org.machineregistry.identity;

import java.util.HashSet;
import java.util.Set;

import org.machineregistry.http.HttpProblem;
import org.machineregistry.http.Problems;
import org.machineregistry.http.StrictJson;

/**
 * The owners whose machines somebody asks for: one, several, or everybody.
 *
 * @param names none of everybody
 */
public record Owners(boolean everybody, Set<String> names) {
    /** The owner of a team's machines begins so; no person's id does. */
    public static final String TEAM = "team:";
    public static final Owners EVERYBODY = new Owners(true, Set.of());
    /** The name by which callers mean themselves. */
    public static final String ME = "me";
    /** The name that stands for all owners whom a caller sees. */
    public static final String ALL = "all";
    // The column of the database is that long.
    private static final int LONGEST = 255;

    public static Owners of(String owner) {
        return new Owners(false, Set.of(owner));
    }

    /** All whose machines a person sees. */
    public static Owners seenBy(User user) {
        if (user.isAdministrator()) {
            return EVERYBODY;
        }
        Set<String> names = new HashSet<>(user.teams().roles().keySet());
        names.add(user.id());
        return new Owners(false, Set.copyOf(names));
    }

    /**
     * Reads which owners a person asks for.
     *
     * @param asked {@code me}, {@code all}, or an owner as the list names it; null for the person alone
     * @throws HttpProblem 404 for one whose machines they do not see
     */
    public static Owners asked(User user, String asked) {
        if (ALL.equals(asked)) {
            return seenBy(user);
        }
        String owner = asked == null || ME.equals(asked) ? user.id() : asked;
        user.require(Role.VIEWER, owner);
        return of(owner);
    }

    /**
     * The one to whom a person gives a machine.
     *
     * @param chosen as {@link #asked} has it, but for {@code all}
     * @throws HttpProblem 400 for what is no owner, 404 for one whose machines they do not see, 403 where they may not register any
     */
    public static String chosen(User user, String chosen) {
        if (chosen == null || ME.equals(chosen)) {
            return user.id();
        }
        if (!mayOwn(chosen) || ALL.equals(chosen)) {
            throw Problems.invalid("owner", "must be me, a team such as team:ops, or a person's id");
        }
        user.require(Role.OPERATOR, chosen);
        return chosen;
    }

    public boolean contains(String owner) {
        return everybody || names.contains(owner);
    }

    public boolean isOne() {
        return !everybody && names.size() == 1;
    }

    /** The one, where it is one. */
    public String only() {
        return names.iterator().next();
    }

    /** Whether this can be the id of a person: who is called as a team is would have its machines. */
    public static boolean isPerson(String owner) {
        return mayOwn(owner) && !isTeam(owner);
    }

    static boolean isTeam(String owner) {
        return owner.startsWith(TEAM);
    }

    static boolean mayOwn(String owner) {
        return !owner.isBlank() && owner.length() <= LONGEST && StrictJson.isWellFormed(owner)
                && !owner.substring(isTeam(owner) ? TEAM.length() : 0).isBlank();
    }
}
