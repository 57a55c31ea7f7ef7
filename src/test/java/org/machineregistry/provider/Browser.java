package org.machineregistry.provider;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a browser does while somebody signs in: it keeps cookies, follows redirects one by one, and sends forms. */
final class Browser {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
    private static final Pattern HIDDEN = Pattern
            .compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

    final Map<String, HttpCookie> cookies = new LinkedHashMap<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private String bearer;

    /** Sends a token to the service from now on, as no browser would; none where it is null. */
    void bears(String token) {
        bearer = token;
    }

    HttpResponse<String> get(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).GET());
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        URI uri = request.copy().build().uri();
        String sent = cookies.values().stream()
                .filter(cookie -> uri.getPath().startsWith(cookie.getPath()))
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        HttpRequest.Builder whole = request.copy().timeout(PATIENCE).header("Accept", "text/html,*/*;q=0.8");
        if (bearer != null && uri.getPath().startsWith("/api/")) {
            whole.header("Authorization", "Bearer " + bearer);
        }
        try {
            HttpResponse<String> answer = client.send((sent.isEmpty() ? whole : whole.header("Cookie", sent)).build(),
                    BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(header -> keep(header, uri));
            return answer;
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(request.build().uri().toString(), failure);
        }
    }

    private void keep(String header, URI from) {
        HttpCookie cookie = HttpCookie.parse(header).get(0);
        if (cookie.getPath() == null) {
            cookie.setPath("/");
        }
        // Cookies know no ports, and these two are on one host.
        if (cookie.getMaxAge() == 0) {
            cookies.remove(cookie.getName());
        } else {
            cookies.put(cookie.getName(), cookie);
        }
    }

    HttpResponse<String> follow(HttpResponse<String> redirect) {
        return get(location(redirect));
    }

    static String location(HttpResponse<String> redirect) {
        return redirect.uri().resolve(redirect.headers().firstValue("Location").orElseThrow(
                () -> new IllegalStateException(redirect.statusCode() + " " + redirect.body()))).toString();
    }

    /** Sends the first form of a page. */
    HttpResponse<String> submit(HttpResponse<String> page, Map<String, String> fields) {
        Matcher form = FORM.matcher(page.body());
        if (!form.find()) {
            throw new IllegalStateException("there is no form in " + page.statusCode() + " " + page.body());
        }
        Map<String, String> all = new LinkedHashMap<>();
        Matcher hidden = HIDDEN.matcher(page.body());
        while (hidden.find()) {
            all.put(hidden.group(1), hidden.group(2));
        }
        all.putAll(fields);
        return send(HttpRequest.newBuilder(page.uri().resolve(form.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Keycloak.form(all))));
    }
}
