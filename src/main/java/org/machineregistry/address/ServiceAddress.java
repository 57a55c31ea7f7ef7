package org.machineregistry.address;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address of the service: what comes before {@code /app} and {@code /api}. It becomes shell code and headers, so that it is made of
 * plain characters only.
 *
 * @param authority host and port in lower case, without the port that the scheme implies
 * @param path empty, or one that begins with a slash and does not end with one
 */
public record ServiceAddress(String scheme, String authority, String path) {
    private static final Pattern AUTHORITY = Pattern
            .compile("([a-z0-9._-]{1,253}|\\[[0-9a-f:.]{2,45}])(?::([0-9]{1,5}))?");
    private static final Pattern PATH = Pattern.compile("(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*){0,16}");
    private static final Pattern URL = Pattern.compile("(https?)://([^/?#@]+)(/[^?#]*)?");
    private static final Set<String> OF_THE_SERVICE = Set.of("api", "app", "q", "agent.sh", "agent.ps1");
    private static final int LAST_PORT = 65_535;

    /** @throws IllegalArgumentException for a text that is no address of a service; the message says why */
    public static ServiceAddress parse(String text) {
        Matcher url = URL.matcher(text.strip());
        if (!url.matches()) {
            throw new IllegalArgumentException(
                    "is no address of a service, such as https://machines.example.org/registry");
        }
        String path = url.group(3) == null ? "" : url.group(3).replaceFirst("/$", "");
        ServiceAddress address = of(url.group(1), url.group(2), path);
        if (!address.isPlain()) {
            throw new IllegalArgumentException("is no address of a service: host, port or path is not valid");
        }
        if (OF_THE_SERVICE.contains(path.split("/", 3)[path.isEmpty() ? 0 : 1])) {
            throw new IllegalArgumentException("has a path that begins as the service's own do, with api, app or q");
        }
        return address;
    }

    /** Takes whatever somebody said: {@link #isPlain()} tells whether it may be repeated. */
    static ServiceAddress of(String scheme, String authority, String path) {
        String lower = authority.toLowerCase(Locale.ROOT);
        String implied = "https".equals(scheme) ? ":443" : ":80";
        return new ServiceAddress(scheme, lower.endsWith(implied)
                ? lower.substring(0, lower.length() - implied.length())
                : lower, path);
    }

    /** Whether it is made of what an address is made of, and of nothing that a shell or a header would read otherwise. */
    public boolean isPlain() {
        Matcher parts = AUTHORITY.matcher(authority);
        return parts.matches() && (parts.group(2) == null || Integer.parseInt(parts.group(2)) <= LAST_PORT)
                && isPlainPath(path) && ("http".equals(scheme) || "https".equals(scheme));
    }

    static boolean isPlainPath(String path) {
        return PATH.matcher(path).matches();
    }

    /** Writes it as browsers write the Origin of its page. */
    public String origin() {
        return scheme + "://" + authority;
    }

    String host() {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }

    public boolean isOverTls() {
        return "https".equals(scheme);
    }

    public ServiceAddress atRoot() {
        return new ServiceAddress(scheme, authority, "");
    }

    /** Resolves a link as a page at this address would. */
    public URI resolve(URI reference) {
        return URI.create(this + "/").resolve(reference);
    }

    /** Writes it without a slash at its end. */
    @Override
    public String toString() {
        return origin() + path;
    }
}
