package org.machineregistry.response;

import java.io.IOException;

/** A body became larger than it may be; what was written of it is gone. */
public final class BodyTooLargeException extends IOException {
    public BodyTooLargeException(long largest) {
        super("larger than " + largest + " bytes");
    }
}
