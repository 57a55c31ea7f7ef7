package org.machineregistry.identity;

import com.fasterxml.jackson.annotation.JsonValue;

/** The rights of a person on the machines of an owner. Each role may do all that those before it may. */
public enum Role {
    /** Reads and watches. */
    VIEWER("viewer"),
    /** Registers, renames and rotates, too. */
    OPERATOR("operator"),
    /** Deletes and hands over, too. */
    ADMIN("admin");

    /** The name in claims and answers. */
    @JsonValue
    public final String label;

    Role(String label) {
        this.label = label;
    }

    public boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }
}
