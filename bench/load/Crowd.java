import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Agents that lose their replica and come back, each from an address of its own. One that beats opens a connection for each call, as
 * agent.sh does; one that holds a socket answers its pings. Who finds nobody at a replica asks at the other one at once, as a balancer
 * does, and then waits as agent.sh does; who was sent away waits as it was told.
 *
 * <p>They are played by one thread without a library, because a fleet has processors of its own, and this one shares those of the
 * service.
 */
final class Crowd {
    /** What agent.sh has for one call. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int SHORTEST_PAUSE = 1;
    private static final int LONGEST_PAUSE = 22;
    private static final int OPENING_AT_ONCE = 200;
    private static final int GOING_AWAY = 1001;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");
    private static final Pattern RETRY_AFTER = Pattern.compile("(?i)\r\nretry-after: *(\\d+)");
    private static final Pattern HEARTBEAT_SECONDS = Pattern.compile("\"heartbeatSeconds\":(\\d+)");
    private static final Pattern COME_BACK = Pattern.compile("Come back after seconds: (\\d+)");

    private final Selector selector = Selector.open();
    private final ByteBuffer some = ByteBuffer.allocate(8_192);
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final List<Agent> agents = new ArrayList<>();
    private final int[] ports;
    private int asking;
    private int known;
    private Loss loss = new Loss();

    /** When an agent does what comes next, unless something else came before it. */
    private record Due(long at, Agent agent) {}

    private Crowd(int[] ports) throws IOException {
        this.ports = ports;
    }

    /**
     * crowd PORT OTHER_PORT BEATING HOLDING SPREAD: all come to PORT, within SPREAD seconds or, where that is 0, as fast as they are
     * served. It prints how many were let in when all were tried. What happens counts from a line "lost" of its input, which it
     * confirms; after a line "end" it prints, with a name each: what was answered first and when, who was sent away or cut off and until
     * when, and who came back until when. Times are milliseconds since the line; those of first answers since the agent asked.
     */
    static void run(String[] arguments) throws Exception {
        int beating = Integer.parseInt(arguments[2]);
        int holding = Integer.parseInt(arguments[3]);
        long spread = Integer.parseInt(arguments[4]) * SECOND;
        Crowd crowd = new Crowd(new int[]{Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])});
        for (int number = 0; number < beating + holding; number++) {
            crowd.agents.add(crowd.new Agent(number, number >= beating));
        }
        crowd.listen();
        crowd.come(spread);
        System.out.printf("%d of %d were let in%n", crowd.known, crowd.agents.size());
        crowd.play();
    }

    private void listen() {
        Thread reader = new Thread(() -> {
            try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
                input.lines().forEach(said::add);
            } catch (IOException broken) {
                broken.printStackTrace();
            }
            said.add("end");
        });
        reader.setDaemon(true);
        reader.start();
    }

    private void come(long spread) throws IOException {
        int next = 0;
        long start = System.nanoTime();
        while (next < agents.size() || agents.stream().anyMatch(agent -> !agent.isTried)) {
            while (next < agents.size() && (spread == 0 ? asking < OPENING_AT_ONCE
                    : System.nanoTime() - start >= spread / agents.size() * next)) {
                agents.get(next++).ask();
            }
            step();
        }
    }

    private void play() throws IOException {
        while (true) {
            String line = said.poll();
            if (line == null) {
                step();
            } else if (line.equals("end")) {
                loss.print(agents.size());
                return;
            } else {
                loss = new Loss();
                agents.forEach(Agent::forget);
                System.out.println("counting");
            }
        }
    }

    private void step() throws IOException {
        selector.select(this::ready, 5);
        long now = System.nanoTime();
        while (!due.isEmpty() && due.peek().at() - now <= 0) {
            Due next = due.poll();
            if (next.agent().dueAt == next.at()) {
                next.agent().act();
            }
        }
    }

    private void ready(SelectionKey key) {
        Agent agent = (Agent) key.attachment();
        try {
            if (key.isConnectable()) {
                agent.connected();
            } else {
                agent.read();
            }
        } catch (IOException broken) {
            agent.failed(broken);
        }
    }

    /** What happened since the line "lost". */
    private final class Loss {
        private final long since = System.nanoTime();
        private final List<Long> firstAnswers = new ArrayList<>();
        private final List<Integer> pauses = new ArrayList<>();
        private int back;
        private long lastBack;
        private int sentAway;
        private int cutOff;
        private long lastEnd;
        private int refused;
        private int refusedWithoutPause;
        private int unanswered;

        void print(int all) {
            long[] sorted = firstAnswers.stream().mapToLong(Long::longValue).sorted().toArray();
            int[] spread = pauses.stream().mapToInt(Integer::intValue).sorted().toArray();
            System.out.printf(Locale.ROOT,
                    " all %d back %d last-back %d answered %d p50 %d p99 %d worst %d refused %d without-pause %d pauses %s unanswered %d "
                            + "sent-away %d cut-off %d last-end %d%n",
                    all, back, lastBack, sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1), refused, refusedWithoutPause,
                    spread.length == 0 ? "-" : spread[0] + ".." + spread[spread.length - 1], unanswered, sentAway, cutOff, lastEnd);
        }

        private long at(long[] sorted, double part) {
            return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * part)];
        }

        private long millis(long from) {
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
        }
    }

    private final class Agent {
        private final int number;
        private final boolean holds;
        private SocketChannel channel;
        private SelectionKey key;
        private int replica;
        private boolean isAsking;
        private boolean isTried;
        private boolean isKnown;
        private boolean isOpen;
        private boolean isElsewhere;
        private boolean isAnswered;
        private boolean isBack;
        private int backoff = 2;
        private long askedAt;
        private long dueAt;
        private byte[] before = new byte[0];

        Agent(int number, boolean holds) {
            this.number = number;
            this.holds = holds;
        }

        void forget() {
            isAnswered = false;
            isBack = false;
        }

        /** What it waited for did not come, or is there. */
        void act() {
            if (channel == null) {
                ask();
            } else if (!isOpen) {
                failed(new IOException("no answer"));
            }
        }

        void ask() {
            askedAt = System.nanoTime();
            isAsking = true;
            asking++;
            open();
        }

        private void served() {
            asking -= isAsking ? 1 : 0;
            isAsking = false;
        }

        private void open() {
            channel = newChannel();
            try {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.bind(new InetSocketAddress(address(), 0));
                key = channel.register(selector, SelectionKey.OP_CONNECT, this);
                later(PATIENCE);
                if (channel.connect(new InetSocketAddress("127.0.0.1", ports[replica]))) {
                    connected();
                }
            } catch (IOException broken) {
                failed(broken);
            }
        }

        private SocketChannel newChannel() {
            try {
                return SocketChannel.open();
            } catch (IOException tooMany) {
                throw new UncheckedIOException(tooMany);
            }
        }

        private InetAddress address() throws IOException {
            return InetAddress.getByAddress(new byte[]{127, 1, (byte) (number / 250), (byte) (1 + number % 250)});
        }

        void connected() throws IOException {
            channel.finishConnect();
            key.interestOps(SelectionKey.OP_READ);
            channel.write(holds ? AgentSocket.handshake(number) : StandardCharsets.US_ASCII.encode("POST /api/agent/"
                    + (isKnown ? "heartbeat" : "connect") + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                    + Load.token(number) + "\r\nContent-Length: 0\r\n\r\n"));
        }

        void read() throws IOException {
            some.clear().put(before);
            before = new byte[0];
            int count = channel.read(some);
            some.flip();
            if (count < 0) {
                throw new IOException("the connection ended");
            }
            if (!isOpen) {
                answer();
            }
            if (isOpen) {
                hear();
            }
            if (channel != null && some.hasRemaining()) {
                before = new byte[some.remaining()];
                some.get(before);
            }
        }

        private void answer() throws IOException {
            String text = new String(some.array(), 0, some.limit(), StandardCharsets.US_ASCII);
            int end = text.indexOf("\r\n\r\n") + 4;
            Matcher status = STATUS.matcher(text);
            if (end < 4 || !status.lookingAt() || !holds && !text.endsWith("}")) {
                return;
            }
            firstAnswer();
            if (holds && status.group(1).equals("101")) {
                some.position(end);
                isOpen = true;
                served();
                letIn();
                dueAt = 0;
            } else if (!holds && status.group(1).equals("200")) {
                end();
                letIn();
                later(number(HEARTBEAT_SECONDS, text, LONGEST_PAUSE) * SECOND);
            } else {
                end();
                isTried = true;
                int pause = number(RETRY_AFTER, text, 0);
                loss.refused++;
                loss.refusedWithoutPause += pause == 0 ? 1 : 0;
                loss.pauses.add(pause);
                backOff(pause);
            }
        }

        private void firstAnswer() {
            if (!isAnswered) {
                isAnswered = true;
                loss.firstAnswers.add(loss.millis(askedAt));
            }
        }

        private void letIn() {
            known += isKnown ? 0 : 1;
            isTried = true;
            isKnown = true;
            isElsewhere = false;
            backoff = 2;
            if (!isBack) {
                isBack = true;
                loss.back++;
                loss.lastBack = loss.millis(loss.since);
            }
        }

        private void hear() throws IOException {
            AgentSocket.Closed closed = AgentSocket.hear(some, channel);
            if (closed != null) {
                sentAway(closed);
            }
        }

        private void sentAway(AgentSocket.Closed closed) {
            end();
            loss.sentAway += closed.code() == GOING_AWAY ? 1 : 0;
            loss.lastEnd = loss.millis(loss.since);
            isBack = false;
            replica = 1 - replica;
            later(number(COME_BACK, closed.reason(), LONGEST_PAUSE) * SECOND);
        }

        void failed(IOException why) {
            boolean wasOpen = isOpen;
            boolean wasRefused = why instanceof ConnectException;
            end();
            isTried = true;
            if (wasOpen) {
                loss.cutOff++;
                loss.lastEnd = loss.millis(loss.since);
                isBack = false;
                backOff(0);
            } else if (wasRefused && !isElsewhere) {
                isElsewhere = true;
                replica = 1 - replica;
                ask();
            } else {
                isElsewhere = false;
                if (!wasRefused) {
                    loss.unanswered++;
                }
                backOff(0);
            }
        }

        /** As agent.sh has it. */
        private void backOff(int pause) {
            int wait = backoff / 2 + ThreadLocalRandom.current().nextInt(backoff / 2 + 1) + pause;
            backoff = Math.min(LONGEST_PAUSE, backoff * 2);
            if (wait > LONGEST_PAUSE) {
                wait = LONGEST_PAUSE / 2 + ThreadLocalRandom.current().nextInt(LONGEST_PAUSE / 2 + 1);
            }
            later(Math.max(SHORTEST_PAUSE, wait) * SECOND + ThreadLocalRandom.current().nextLong(SECOND / 10));
        }

        private int number(Pattern pattern, String text, int otherwise) {
            Matcher matcher = pattern.matcher(text);
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
        }

        private void later(long nanos) {
            dueAt = System.nanoTime() + nanos;
            due.add(new Due(dueAt, this));
        }

        private void end() {
            served();
            isOpen = false;
            before = new byte[0];
            try {
                channel.close();
            } catch (IOException broken) {
                broken.printStackTrace();
            }
            channel = null;
        }
    }
}
