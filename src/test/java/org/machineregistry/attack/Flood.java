package org.machineregistry.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Many connections that say the same, from as many addresses as they need. */
final class Flood implements AutoCloseable {
    static final int PER_ADDRESS = 750;

    private final List<RawConnection> connections = new ArrayList<>();

    /** @param network the first three numbers of their addresses, with the points */
    Flood(AttackedService service, String network, int count, Consumer<RawConnection> say) {
        try {
            for (int i = 0; i < count; i++) {
                RawConnection connection = service.connect(network + (2 + i / PER_ADDRESS));
                connections.add(connection);
                say.accept(connection);
            }
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** Waits until the service has ended all of them. */
    void awaitEnd() {
        connections.forEach(RawConnection::readToEnd);
    }

    @Override
    public void close() {
        connections.forEach(RawConnection::close);
    }
}
