package org.machineregistry.start;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.machineregistry.address.ConfiguredAddresses;
import org.postgresql.Driver;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.runtime.cors.CORSFilter;
import io.smallrye.config.SmallRyeConfig;

/** The settings that decide, before anything runs, whether and on what the service starts. */
class StartSettings {

    private static final String DATABASE = "quarkus.datasource.jdbc.url";
    private static final String SIGN_LOCATION = "smallrye.jwt.sign.key.location";
    private static final String VERIFY_LOCATION = "mp.jwt.verify.publickey.location";
    private static final List<String> VERIFY = List.of(VERIFY_LOCATION, "mp.jwt.verify.publickey",
            "smallrye.jwt.verify.key.location", "smallrye.jwt.verify.secretkey");

    private static final Set<String> KEYS = Set.of(SIGN_LOCATION, VERIFY_LOCATION);

    private static final String PROVIDER = "quarkus.oidc.auth-server-url";
    private static final String CLIENT = "quarkus.oidc.client-id";
    private static final String SECRET = "quarkus.oidc.credentials.secret";
    private static final String SIGN_IN_URL = "sessions.sign-in-url";
    private static final String ANONYMOUS = "sessions.anonymous";
    private static final String ORIGINS = "quarkus.http.cors.origins";
    private static final Set<String> YES_OR_NO = Set.of("true", "false", "yes", "no", "y", "n", "on", "off", "1", "0");

    private final SmallRyeConfig config;

    StartSettings(SmallRyeConfig config) {
        this.config = config;
    }

    boolean hasDatabase() {
        Optional<String> url = value(DATABASE);
        // The value itself may hold a password.
        if (url.isPresent() && Driver.parseURL(url.get(), null) == null) {
            throw new ConfigurationException(
                    DATABASE + " is no address of a PostgreSQL, such as jdbc:postgresql://host:5432/name");
        }
        return url.isPresent();
    }

    Path embeddedDataDirectory() {
        return Path.of(value("embedded.data-dir").orElse("data"));
    }

    /** They are put into scripts and compared with origins. */
    void requireServiceAddresses() {
        ConfiguredAddresses.read(value(ConfiguredAddresses.URL), said(ConfiguredAddresses.ADDITIONAL_URLS)
                .map(said -> config.getValues(ConfiguredAddresses.ADDITIONAL_URLS, String.class)));
    }

    /** A slip of the pen would count as no. */
    void requireAnonymous() {
        said(ANONYMOUS).filter(said -> !YES_OR_NO.contains(said.trim().toLowerCase(Locale.ROOT))).ifPresent(said -> {
            throw new ConfigurationException(ANONYMOUS + " must be true or false");
        });
    }

    /** Between slashes they are regular expressions, which Quarkus compiles without a word of where they are from. */
    void requireOrigins() {
        if (said(ORIGINS).isPresent()) {
            config.getOptionalValues(ORIGINS, String.class).orElse(List.of()).forEach(StartSettings::requireOrigin);
        }
    }

    private static void requireOrigin(String spaced) {
        String origin = spaced.trim();
        // A comma ends an entry, also within a regular expression.
        if (origin.startsWith("/") != origin.endsWith("/") || origin.equals("/")) {
            throw new ConfigurationException(ORIGINS + ": " + origin
                    + " is neither an origin, such as https://machines.example.org, nor a regular expression without"
                    + " commas between slashes");
        }
        try {
            CORSFilter.parseAllowedOriginsRegex(Optional.of(List.of(origin)));
        } catch (PatternSyntaxException malformed) {
            throw new ConfigurationException(
                    ORIGINS + ": " + origin + " is no regular expression: " + malformed.getDescription());
        }
    }

    /** Says what takes the place of what earlier versions did with a provider's key set, before anybody looks for what went wrong. */
    void requireProvider() {
        if (value(VERIFY_LOCATION).filter(location -> location.matches("https?:.*")).isPresent()
                || said(SIGN_IN_URL).isPresent()) {
            throw new ConfigurationException("An OpenID provider is named by " + PROVIDER + ", " + CLIENT
                    + " and " + SECRET + ": " + VERIFY_LOCATION
                    + " is the service's own public key, and "
                    + SIGN_IN_URL + " is gone");
        }
        if (hasProvider()) {
            requireClient();
        } else {
            requireNoClient();
        }
        value(PROVIDER).filter(url -> !url.matches("https?://[^/?#\\s]+(/[^?#\\s]*)?")).ifPresent(url -> {
            throw new ConfigurationException(PROVIDER + " is no address of an OpenID provider, such as"
                    + " https://id.example.org/realms/main");
        });
    }

    private void requireClient() {
        if (value(CLIENT).isEmpty()) {
            throw new ConfigurationException(PROVIDER + " names an OpenID provider, and " + CLIENT
                    + " (QUARKUS_OIDC_CLIENT_ID) does not say which of its clients the service is");
        }
    }

    /** The service would start as one where nobody signs in with an account, and say nothing. */
    private void requireNoClient() {
        Stream.of(CLIENT, SECRET).filter(name -> value(name).isPresent()).findFirst().ifPresent(name -> {
            throw new ConfigurationException(name + " is for an OpenID provider, and " + PROVIDER
                    + " (QUARKUS_OIDC_AUTH_SERVER_URL) does not say where that is");
        });
    }

    private boolean hasProvider() {
        return value(PROVIDER).or(() -> value("quarkus.oidc.provider")).isPresent();
    }

    void requireKeys() {
        if (!hasKeys()) {
            throw new ConfigurationException(
                    "No key is configured that sessions are verified with: set " + VERIFY_LOCATION
                            + " (MP_JWT_VERIFY_PUBLICKEY_LOCATION), and " + SIGN_LOCATION
                            + ", which they are signed with. With an external database the service makes none.");
        }
        if (value(SIGN_LOCATION).or(() -> value("smallrye.jwt.sign.key")).isEmpty()) {
            throw new ConfigurationException("No key is configured that sessions are signed with: set " + SIGN_LOCATION
                    + " (SMALLRYE_JWT_SIGN_KEY_LOCATION) to the private key that belongs to the public one");
        }
    }

    void requireKeyFiles() {
        requireFile(VERIFY_LOCATION);
        requireFile(SIGN_LOCATION);
    }

    Map<String, String> withoutWhatIsConfigured(Map<String, String> settings) {
        Set<String> others = new HashSet<>(hasKeys() ? KEYS : Set.of());
        if (hasProvider()) {
            others.add(ANONYMOUS);
        }
        return settings.entrySet()
                .stream()
                .filter(setting -> !others.contains(setting.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private boolean hasKeys() {
        return VERIFY.stream().anyMatch(name -> value(name).isPresent());
    }

    // SmallRye JWT reads a key when it first needs one: hours too late for whoever mistyped its name.
    private void requireFile(String property) {
        value(property).map(location -> location.replaceFirst("^(file|classpath):(//)?", ""))
                .filter(location -> !Files.isReadable(Path.of(location)) && !isResource(location))
                .ifPresent(location -> {
                    throw new ConfigurationException(property + ": there is no readable file " + location);
                });
    }

    private static boolean isResource(String location) {
        return Thread.currentThread().getContextClassLoader().getResource(location.replaceFirst("^/", "")) != null;
    }

    // NONE is how MicroProfile JWT says that there is no key.
    private Optional<String> value(String name) {
        return said(name).filter(text -> !text.isBlank() && !text.equals("NONE"));
    }

    private Optional<String> said(String name) {
        Optional<String> value = config.getOptionalValue(name, String.class);
        if (value.isEmpty() && config.isPropertyPresent(name) && config.getConfigValue(name).getValue() == null) {
            // It refers to something that is not there, which an optional value hides and this says.
            return Optional.of(config.getValue(name, String.class));
        }
        return value;
    }
}
