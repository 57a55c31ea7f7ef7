package org.machineregistry.bulk;

import org.machineregistry.identity.Owners;
import org.machineregistry.machine.selection.Selection;

/** @param expected how many machines the caller believes these are */
record BulkTarget(Owners owners, Selection selection, long expected) {}
