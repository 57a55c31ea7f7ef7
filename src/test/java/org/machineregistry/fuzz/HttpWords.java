package org.machineregistry.fuzz;

import java.util.List;

/** Words of HTTP that stand where they belong, or elsewhere. */
final class HttpWords {
    static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get",
            "PROPFIND", "X-Y");
    static final List<String> MEDIA_TYPES = List.of("text/plain", "application/xml", "application/json;charset=x",
            "application/json; charset=UTF-8", "multipart/form-data; boundary=", "multipart/form-data; boundary=a",
            "application/x-www-form-urlencoded", "application/merge-patch+json", "a", "", "*/*",
            "application/json, a/b");
    static final List<String> HEADERS = List.of("Accept", "Accept-Language", "Accept-Encoding", "Accept-Charset",
            "Origin", "Cookie", "If-None-Match", "If-Match", "If-Modified-Since", "Range", "Forwarded",
            "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-HTTP-Method-Override", "X-Original-URL",
            "Referer", "User-Agent", "Expect", "Upgrade", "Connection", "TE", "Trailer", "Max-Forwards",
            "Authorization", "Access-Control-Request-Method", "Access-Control-Request-Headers", "Content-Encoding",
            "Content-Language", "Sec-WebSocket-Version", "Sec-WebSocket-Key", "Sec-WebSocket-Protocol",
            "Sec-WebSocket-Extensions", "Via");
    static final List<String> VALUES = List.of("*/*", "text/csv", "application/json", "a/b;q=0.1, */*;q=0.5",
            "text/event-stream", "gzip", "*", "\"a\"", "W/\"a\"", "bytes=0-1", "for=127.0.0.1;proto=https",
            "http://a.example", "null", "100-continue", "websocket", "h2c", "close", "keep-alive, Upgrade", "trailers",
            "Bearer", "Basic !!!", "Bearer a.b.c", "Basic Og==", "Digest a=b", "Bearer eyJhbGciOiJub25lIn0.e30.", "GET",
            "en;q=2", "13", "utf-7");

    private HttpWords() {}
}
