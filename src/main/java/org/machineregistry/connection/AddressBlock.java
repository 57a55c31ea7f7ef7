package org.machineregistry.connection;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/** Addresses that count as one caller's: a single IPv4 address, or an IPv6 /64, of which one host can use every address. */
record AddressBlock(boolean isV6, long bits) {
    /** All that come without an address, such as over a Unix domain socket. */
    private static final AddressBlock LOCAL = new AddressBlock(false, 0);

    static AddressBlock of(SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet) || internet.getAddress() == null) {
            return LOCAL;
        }
        ByteBuffer bytes = ByteBuffer.wrap(internet.getAddress().getAddress());
        return internet.getAddress() instanceof Inet6Address
                ? new AddressBlock(true, bytes.getLong())
                : new AddressBlock(false, bytes.getInt());
    }
}
