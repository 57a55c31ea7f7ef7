package org.machineregistry.limit;

import java.nio.ByteBuffer;

import org.machineregistry.text.VisibleText;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/**
 * Tells where a caller is: as text, and in one number as limits count it. That is an IPv4 address, or the /64 of an IPv6 address,
 * because that is what one household or one host is given. Two callers with one number are counted as one.
 *
 * <p>Reaches into Netty for its parser of addresses: the JDK's asks a name server for what is none.
 */
public final class Network {
    private static final int MOST_BYTES = 255;
    private static final int IPV4_BYTES = 4;
    private static final int MAPPED_PREFIX_BYTES = 12;
    private static final long IPV4_MAPPED = 0xffffL;

    private Network() {}

    public static long of(HttpServerRequest request) {
        return of(textOf(request));
    }

    /** The caller's address; null for one that has gone already. */
    public static String textOf(HttpServerRequest request) {
        SocketAddress address = request.remoteAddress();
        if (address == null) {
            return null;
        }
        String numeric = address.hostAddress();
        // Behind a trusted proxy it is what the proxy says, which may be no address at all.
        return numeric == null ? address.host() : numeric;
    }

    /** The same, as people are shown it: behind a trusted proxy it may be any text. */
    public static String shownOf(HttpServerRequest request) {
        SocketAddress address = request.remoteAddress();
        String numeric = address == null ? null : address.hostAddress();
        return numeric == null ? shown(textOf(request)) : numeric;
    }

    private static String shown(String text) {
        return text == null ? null : VisibleText.truncate(VisibleText.clean(text), MOST_BYTES);
    }

    /** @param address as text; one that is no IP address counts by its text */
    static long of(String address) {
        byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            return String.valueOf(address).hashCode();
        }
        ByteBuffer parts = ByteBuffer.wrap(bytes);
        if (bytes.length == IPV4_BYTES) {
            return ipv4(parts.getInt());
        }
        // ::ffff:192.0.2.1 is the IPv4 address of a caller to a server that listens on both.
        return parts.getLong(0) == 0 && parts.getInt(Long.BYTES) == IPV4_MAPPED
                ? ipv4(parts.getInt(MAPPED_PREFIX_BYTES))
                : parts.getLong(0);
    }

    private static long ipv4(int address) {
        return IPV4_MAPPED << Integer.SIZE | Integer.toUnsignedLong(address);
    }
}
