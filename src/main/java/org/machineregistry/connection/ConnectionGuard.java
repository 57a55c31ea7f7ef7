package org.machineregistry.connection;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.util.AttributeKey;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Watches every connection from the moment that it is accepted. Vert.x shows a connection only when its first bytes have come, so
 * that silent ones would be neither counted nor ended; Netty finds this class as a service, where {@link #SWITCH} is set.
 *
 * <p>Reaches into Netty by its own public extension point for new channels.
 */
// Netty creates it by reflection, which nothing shows the native build.
@RegisterForReflection
public class ConnectionGuard extends ChannelInitializerExtension {
    /** The system property that makes Netty look for extensions, and its value. */
    public static final String SWITCH = EXTENSIONS_SYSTEM_PROPERTY;
    public static final String ON = "serviceload";

    private static final AttributeKey<Connections> CONNECTIONS = AttributeKey.valueOf(ConnectionGuard.class, "all");

    @Override
    public void postInitializeServerListenerChannel(ServerChannel listener) {
        listener.attr(CONNECTIONS).set(Arc.container().instance(Connections.class).get());
        Arc.container().instance(Listeners.class).get().opens(listener);
    }

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        Connections connections = channel.parent().attr(CONNECTIONS).get();
        channel.pipeline()
                .addFirst(new UnknownVersion())
                .addFirst(ConnectionWatch.ofAccepted(connections));
    }
}
