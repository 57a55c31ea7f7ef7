package org.machineregistry.identity;

/** The rights that go with a person's credential. */
public enum Scope {
    /** Everything that the person may: a session, or a JWT of an OpenID provider. */
    SESSION,
    /** An API token with which machines can be changed, and nothing be made that outlives it. */
    MANAGE,
    /** An API token that only reads. */
    READ;

    /** The claim of an API token. */
    public static final String CLAIM = "scope";
}
