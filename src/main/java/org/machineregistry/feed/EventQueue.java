package org.machineregistry.feed;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import org.machineregistry.response.PieceSource;
import org.machineregistry.response.SharedBody;

/**
 * The events of one stream that its reader has not taken yet. Who leaves too much unread is dropped; a browser then comes back,
 * and starts from a snapshot.
 */
final class EventQueue implements FeedOutput, PieceSource {
    /** Bytes, without those of large lists, which their readers share. */
    static final int MOST_UNREAD = 512 * 1024;
    private static final int MOST_TOGETHER = 16 * 1024;

    private final CompletableFuture<EventQueue> opened = new CompletableFuture<>();
    private final Queue<FeedEvent> unread = new ArrayDeque<>();
    private long unreadBytes;
    // The large list that is being sent, and the one that waits for it.
    private Iterator<byte[]> list;
    private SharedBody.Hold sending;
    private SharedBody.Hold waiting;
    private Writer writer;
    private boolean ending;
    private boolean over;

    /** Comes with the first event, or fails where there will be none. */
    CompletableFuture<EventQueue> opened() {
        return opened;
    }

    @Override
    public void send(FeedEvent event) {
        boolean dropped;
        Writer told;
        synchronized (this) {
            if (over || ending) {
                return;
            }
            unread.add(event);
            unreadBytes += event.head().length;
            dropped = unreadBytes > MOST_UNREAD || event.list() != null && waiting != null;
            if (event.list() != null && !dropped) {
                waiting = event.list().hold();
                cutOffWith(waiting);
            }
            told = writer;
        }
        if (dropped) {
            drop(told);
        } else if (told != null) {
            told.more();
        }
        opened.complete(this);
    }

    private void drop(Writer told) {
        if (told == null) {
            ended();
        } else {
            told.cutOff();
        }
    }

    private void cutOffWith(SharedBody.Hold hold) {
        if (writer != null) {
            hold.onCutOff(writer::cutOff);
        }
    }

    @Override
    public void refuse(Throwable failure) {
        ended();
        opened.completeExceptionally(failure);
    }

    @Override
    public void end() {
        Writer told;
        synchronized (this) {
            ending = true;
            told = writer;
        }
        if (told != null) {
            told.more();
        }
        opened.complete(this);
    }

    @Override
    public synchronized void attach(Writer writer) {
        this.writer = writer;
        if (waiting != null) {
            cutOffWith(waiting);
        }
    }

    @Override
    public synchronized byte[] next() {
        if (over) {
            return null;
        }
        if (list != null) {
            return nextOfList();
        }
        FeedEvent first = unread.poll();
        if (first == null) {
            return null;
        }
        unreadBytes -= first.head().length;
        if (first.list() != null) {
            sending = waiting;
            waiting = null;
            list = sending.body().pieces().iterator();
            return first.head();
        }
        return together(first);
    }

    private byte[] nextOfList() {
        if (list.hasNext()) {
            return list.next();
        }
        list = null;
        sending.release();
        sending = null;
        return FeedEvents.END;
    }

    /** Many small events are one piece. */
    private byte[] together(FeedEvent first) {
        FeedEvent second = unread.peek();
        if (second == null || second.list() != null) {
            return first.head();
        }
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        piece.writeBytes(first.head());
        for (FeedEvent next = second; next != null && next.list() == null
                && piece.size() + next.head().length <= MOST_TOGETHER; next = unread.peek()) {
            piece.writeBytes(next.head());
            unreadBytes -= next.head().length;
            unread.remove();
        }
        return piece.toByteArray();
    }

    @Override
    public synchronized boolean isOver() {
        return over || ending && list == null && unread.isEmpty();
    }

    @Override
    public long length() {
        return -1;
    }

    @Override
    public synchronized void ended() {
        over = true;
        unread.clear();
        if (sending != null) {
            sending.release();
        }
        if (waiting != null) {
            waiting.release();
        }
    }
}
