package org.machineregistry.change;

/**
 * Fired when single changes are not known: what is shown must be read anew.
 *
 * @param missed whether announcements may have been missed, so that nothing remembered is certain; else only too many machines
 *            came or changed at once to name each
 */
public record Resync(boolean missed) {}
