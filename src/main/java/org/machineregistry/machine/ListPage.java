package org.machineregistry.machine;

import jakarta.ws.rs.core.EntityTag;

/**
 * A list or a page of it as it is sent: bytes, so that the strong ETag is that of what is sent.
 *
 * @param next where the next page is, below the service's address; null where there is no more
 */
record ListPage(byte[] body, EntityTag tag, String next) {}
