package org.machineregistry.agent;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** The connection below a socket, for what the platform's own handling of it leaves out. */
final class SocketChannel {
    private SocketChannel() {}

    /** Before the connection becomes a socket. The answer closes it at once, where the platform would let it say more. */
    static ChannelHandlerContext prepare(HttpConnection connection) {
        ChannelHandlerContext platform = ((ConnectionBase) connection).channelHandlerContext();
        ChannelPipeline pipeline = platform.pipeline();
        // A connection can ask more than once, where it was refused.
        if (pipeline.get(FrameLimit.class) == null) {
            pipeline.addBefore(platform.name(), EarlyFrames.class.getSimpleName(), new EarlyFrames());
            pipeline.addBefore(platform.name(), FrameLimit.class.getSimpleName(), new FrameLimit());
        }
        return pipeline.context(FrameLimit.class);
    }
}
