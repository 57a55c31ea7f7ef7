package org.machineregistry.bulk;

/** @param changed how many machines were changed or deleted */
record BulkResult(long changed) {}
