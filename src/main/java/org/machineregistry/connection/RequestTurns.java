package org.machineregistry.connection;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Hands the requests of an HTTP/1 connection on one at a time: each when the one before it has come as a whole and was answered, and while
 * the client takes its answers. Vert.x 4.5 answers as many as come, also where nobody takes the answers, and keeps those that come behind
 * a long answer in a list, which it walks from its beginning for each of them. A client that sends more of them than a few is cut off.
 *
 * <p>Reaches into Netty's pipeline, where a request can be held back before Vert.x has it.
 */
final class RequestTurns extends ChannelDuplexHandler {
    // No browser sends a request before the one before it was answered, and no proxy does.
    private static final int MOST_REQUESTS = 4;
    private static final int MOST_BYTES = 64 * 1024;

    private final Queue<Object> waiting = new ArrayDeque<>(MOST_REQUESTS);
    private final Runnable tooMany;
    private boolean coming;
    // It comes into the pipeline with the head of a request, which is behind it by then.
    private boolean answering = true;
    private boolean passing;
    // One of a packet at a time, also where each is answered at once: others of the same event loop have their turns in between.
    private boolean passed;
    private boolean isOver;
    private int requests;
    private int bytes;

    /**
     * @param coming whether a part of the request with whose head it comes is still to come: its end at least
     * @param tooMany more requests wait than may
     */
    RequestTurns(boolean coming, Runnable tooMany) {
        this.coming = coming;
        this.tooMany = tooMany;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isOver) {
            ReferenceCountUtil.release(message);
        } else if (!(message instanceof HttpObject)) {
            context.fireChannelRead(message);
        } else if (waiting.isEmpty() && mayPass(context, message)) {
            pass(context, message);
        } else {
            keep(message);
        }
    }

    private void keep(Object message) {
        waiting.add(message);
        requests += message instanceof HttpRequest ? 1 : 0;
        bytes += message instanceof HttpContent content ? content.content().readableBytes() : 0;
        if (requests > MOST_REQUESTS || bytes > MOST_BYTES) {
            forget();
            tooMany.run();
        }
    }

    private boolean mayPass(ChannelHandlerContext context, Object message) {
        return !(message instanceof HttpRequest)
                || !coming && !answering && !passed && context.channel().isWritable();
    }

    private void pass(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            coming = true;
            answering = true;
            passed = true;
        }
        if (message instanceof LastHttpContent) {
            coming = false;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        boolean isSocket = message instanceof HttpResponse response
                && response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
        boolean isLast = message instanceof LastHttpContent && !isInterim(message);
        super.write(context, message, promise);
        if (isSocket && !context.isRemoved()) {
            // No request follows.
            context.pipeline().remove(this);
        } else if (isLast) {
            answering = false;
            passLater(context);
        }
    }

    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        passed = false;
        super.channelReadComplete(context);
        passLater(context);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        passLater(context);
        super.channelWritabilityChanged(context);
    }

    // Never within the answer to another request: each could bring on the next one, as deep as they are many.
    private void passLater(ChannelHandlerContext context) {
        if (!waiting.isEmpty() && !passing && mayPass(context, waiting.element())) {
            passing = true;
            context.executor().execute(() -> passWaiting(context));
        }
    }

    private void passWaiting(ChannelHandlerContext context) {
        while (!waiting.isEmpty() && mayPass(context, waiting.element())) {
            Object next = waiting.remove();
            requests -= next instanceof HttpRequest ? 1 : 0;
            bytes -= next instanceof HttpContent content ? content.content().readableBytes() : 0;
            pass(context, next);
        }
        passing = false;
        passed = false;
        // Vert.x sends its answers when it knows that nothing more was read.
        context.fireChannelReadComplete();
        passLater(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        forget();
        super.channelInactive(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        forget();
    }

    /** Nothing is handed on any more: what follows in the same packet would be parts of requests that nobody has begun. */
    private void forget() {
        isOver = true;
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }
}
