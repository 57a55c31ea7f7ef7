package org.machineregistry.alert;

import java.time.Instant;

/** Writes a message as one kind of receiver wants it. */
interface MessageWriter {
    /** @param now when it is sent, by this host's clock, with which a receiver compares its own */
    AlertRequest write(AlertMessage message, Instant now);
}
