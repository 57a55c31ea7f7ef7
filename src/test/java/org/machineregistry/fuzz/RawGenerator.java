package org.machineregistry.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What HTTP/1 forbids, or leaves for two readers to read in two ways. */
final class RawGenerator {
    /** The path of a request that stands where there is none for who reads the framing right. */
    static final String INNER = "/q/info";
    private static final String HOST = "Host: localhost\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final List<String> BROKEN_HEADERS = List.of("No colon\r\n", "a b: c\r\n", "A : b\r\n", ": b\r\n",
            " folded: a\r\n", "A: b\r\n folded\r\n", "A: b\rC: d\r\n", "A: b\nC: d\n", "A: \u0000\r\n", "\u0000: a\r\n",
            "\u00e4: \u00e4\r\n", "Host: b\r\n", "Content-Length: -1\r\n", "Content-Length: +5\r\n",
            "Content-Length: 5, 5\r\n",
            "Content-Length: 5\r\nContent-Length: 6\r\n", "Content-Length: 0x5\r\n",
            "Content-Length: 99999999999999999999\r\n",
            "Content-Length: \r\n", "Transfer-Encoding: gzip\r\n", "Transfer-Encoding: gzip, chunked\r\n",
            "Transfer-Encoding: chunked, identity\r\n", "Transfer-Encoding: xchunked\r\n", "Expect: 100-continue\r\n",
            "Expect: 200-ok\r\n", "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk\r\n",
            "Upgrade: websocket\r\nConnection: Upgrade\r\n", "Connection: close, close, x\r\n",
            "Trailer: Content-Length\r\n");
    private static final List<String> CHUNKS = List.of("0\r\n\r\n", "5\r\nabcde\r\n0\r\n\r\n", "zz\r\n", "-1\r\n",
            "5\r\nabc",
            "ffffffffffffffff\r\na", "7fffffff\r\na", "5;a=\"\r\n\"\r\nabcde\r\n0\r\n\r\n", "5\nabcde\n0\n\n",
            "5\r\nabcdefgh\r\n",
            " 5\r\nabcde\r\n0\r\n\r\n", "0x5\r\nabcde\r\n0\r\n\r\n", "\r\n", "0\r\nA\u0000: b\r\n\r\n",
            "0\r\nContent-Length: 5\r\n\r\n",
            "2\r\n{}\r\n0\r\nAuthorization: Bearer a\r\n\r\n", "00000000000000000005\r\nabcde\r\n0\r\n\r\n");
    private static final List<String> PATHS = List.of("/api/machines", "/api/sessions", "/api/sessions/current",
            "/api/agent/heartbeat", "/api/agent/connect", "/api/agent/socket", "/api/machines/events", "/agent.sh",
            "/agent.ps1",
            "/app/", "/",
            "/q/health/ready", "/nothing");
    private static final List<String> VERSIONS = List.of("HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/1.2",
            "HTTP/9.9",
            "http/1.1", "HTTP/1.", "HTTP/11", "XTTP/1.1", "");

    private final Population population;

    RawGenerator(Population population) {
        this.population = population;
    }

    Shot shot(long number, Dice dice) {
        String from = "127.4." + dice.below(256) + "." + dice.between(1, 250);
        if (dice.oneIn(8)) {
            return new Shot(number, "a smuggled request", from, Shot.Kind.SMUGGLED, -1, null, latin(smuggled(dice)),
                    null);
        }
        byte[] said = switch (dice.below(7)) {
            case 0 -> latin(requestLine(dice) + HOST + "\r\n");
            case 1 -> latin(brokenHeaders(dice));
            case 2 -> latin(chunked(dice));
            case 3 -> latin(pipelined(dice));
            case 4 -> cut(latin(dice.oneIn(2) ? chunked(dice) : pipelined(dice)), dice);
            case 5 -> new Mutator(dice).bytes(latin(dice.oneIn(2) ? chunked(dice) : pipelined(dice)));
            default -> junk(dice);
        };
        return new Shot(number, "broken HTTP/1", from, Shot.Kind.RAW, -1, null, said, null);
    }

    private String requestLine(Dice dice) {
        String method = dice.of("GET", "POST", "CONNECT", "OPTIONS", "G\u0000T", "", "get", "X".repeat(9_000), "PRI",
                "\u00e4");
        String target = dice.of(dice.of(PATHS), "*", "localhost:80", "http://a/api/machines", "/\u00e4", "/\u0000",
                "/a b",
                "/" + "a".repeat(5_000), "\\", "?", "", "/%", "//a.example/", "http://[::", "/api/machines\t");
        String space = dice.oneIn(6) ? dice.of("  ", "\t", "\u000b", "") : " ";
        String version = dice.oneIn(2) ? "HTTP/1.1" : dice.of(VERSIONS);
        return method + space + target + space + version + (dice.oneIn(10) ? dice.of("\n", "\r", "\r\r\n") : "\r\n");
    }

    private String brokenHeaders(Dice dice) {
        String many = dice.oneIn(8)
                ? IntStream.range(0, dice.of(150, 2_000)).mapToObj(i -> "A" + i + ": b\r\n")
                        .collect(Collectors.joining())
                : "";
        return plainHead(dice) + dice.of(BROKEN_HEADERS) + (dice.oneIn(3) ? dice.of(BROKEN_HEADERS) : "") + many
                + (dice.oneIn(8) ? "A: " + "b".repeat(dice.of(8_000, 30_000)) + "\r\n" : "") + "\r\n"
                + dice.of("", "{}", "abcde");
    }

    private String chunked(Dice dice) {
        return plainHead(dice) + "Transfer-Encoding: "
                + dice.of("chunked", "chunked", "Chunked", "chunked ", "\tchunked")
                + "\r\n\r\n" + dice.of(CHUNKS) + (dice.oneIn(3) ? dice.of(CHUNKS) : "");
    }

    private String pipelined(Dice dice) {
        return IntStream.range(0, dice.of(2, 3, 20, 200)).mapToObj(i -> dice.oneIn(20)
                ? plainHead(dice) + "Content-Length: "
                        + dice.of("2\r\n\r\n{}", "5\r\n\r\nabcde", "0\r\n\r\n", "9\r\n\r\n{}")
                : plainHead(dice) + "\r\n").collect(Collectors.joining());
    }

    private String plainHead(Dice dice) {
        String path = dice.of(PATHS);
        String who = switch (dice.below(4)) {
            case 0 -> "Authorization: Bearer " + (path.startsWith("/api/sessions")
                    ? population.spareSession(dice)
                    : population.session(population.person(dice))) + "\r\n";
            case 1 -> "Authorization: Bearer " + population.machine(population.person(dice), dice).token() + "\r\n";
            default -> "";
        };
        return dice.of("GET ", "POST ", "POST ", "PATCH ", "DELETE ") + path + " HTTP/1."
                + (dice.oneIn(6) ? 0 : 1)
                + "\r\n" + HOST + (dice.oneIn(2) ? JSON : "") + who;
    }

    /** A length and an encoding that contradict each other, with a request behind the shorter of both. */
    private String smuggled(Dice dice) {
        String inner = "GET " + INNER + " HTTP/1.1\r\n" + HOST + "\r\n";
        String encoding = dice.of("Transfer-Encoding: chunked\r\n", "Transfer-Encoding : chunked\r\n",
                "Transfer-Encoding: xchunked\r\n", "Transfer-Encoding:\u000bchunked\r\n",
                "X: a\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n");
        String body = "0\r\n\r\n" + inner;
        int length = dice.of(body.length(), 5, 0);
        String lengths = dice.of("Content-Length: " + length + "\r\n",
                "Content-Length: " + length + "\r\nContent-Length: "
                        + body.length() + "\r\n",
                "Content-Length: +" + length + "\r\n", "Content-Length : " + length + "\r\n");
        String both = dice.oneIn(2) ? encoding + lengths : lengths + encoding;
        return "POST " + dice.of(PATHS) + " HTTP/1." + (dice.oneIn(4) ? 0 : 1) + "\r\n" + HOST + JSON + both + "\r\n"
                + body;
    }

    private static byte[] cut(byte[] bytes, Dice dice) {
        return Arrays.copyOf(bytes, dice.below(bytes.length));
    }

    private static byte[] junk(Dice dice) {
        return switch (dice.below(5)) {
            case 0 -> dice.bytes(dice.of(1, 50, 3_000));
            case 1 -> latin("\u0016\u0003\u0001\u0000\u00c8\u0001\u0000\u0000\u00c4\u0003\u0003" + dice.word(200));
            case 2 -> latin(dice.of("\r\n", "\n", "\0", " ").repeat(dice.of(1, 100, 20_000)));
            case 3 -> latin("PROXY TCP4 1.2.3.4 5.6.7.8 1 2\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n");
            default -> {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                bytes.writeBytes(latin("GET / HTTP/1.1\r\n" + HOST));
                bytes.writeBytes(dice.bytes(500));
                yield bytes.toByteArray();
            }
        };
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
