package org.machineregistry.identity;

/** The rights that go with a person's credential. */
public enum Scope {
    /** A session: everything that the person may. */
    SESSION,
    /** An access token of an OpenID provider: everything that the person may, and nothing be made that outlives it. */
    ACCESS,
    /** An API token with which machines can be changed, and nothing be made that outlives it. */
    MANAGE,
    /** An API token that only reads. */
    READ;

    /** The claim of an API token. */
    public static final String CLAIM = "scope";
}
