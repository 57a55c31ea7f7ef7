package org.machineregistry.change;

import java.util.List;

/**
 * The changes that were announced with the current transaction. Fired as an event within it, on its thread: what must not wait until this
 * replica hears of its own change looks for it after the commit. Everything else waits for {@link Changes}.
 */
public record Announced(List<Change> all) {}
