package org.machineregistry.http;

/** A body of which nothing is read. It may be missing; what is there must be JSON all the same. */
public record NoFields() {}
