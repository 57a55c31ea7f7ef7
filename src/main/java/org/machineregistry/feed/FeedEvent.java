package org.machineregistry.feed;

import org.machineregistry.response.SharedBody;

/**
 * An event as it is sent, once for all who read it.
 *
 * @param head all of it; or what comes before the list, where that is large
 * @param list the shares of a large list are taken from it; null in any other event
 */
record FeedEvent(byte[] head, SharedBody list) {
    FeedEvent(byte[] all) {
        this(all, null);
    }
}
