package org.machineregistry.change;

import java.util.List;

/** The changes that were announced together, by this replica or another. Fired as an event, on the listener's thread: be quick. */
public record Changes(List<Change> all) {}
