package org.machineregistry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.postgresql.Driver;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;

/** The settings that decide, before anything runs, whether and on what the service starts. */
class StartSettings {

    private static final String DATABASE = "quarkus.datasource.jdbc.url";
    private static final String SIGN_LOCATION = "smallrye.jwt.sign.key.location";
    private static final String VERIFY_LOCATION = "mp.jwt.verify.publickey.location";
    private static final List<String> VERIFY = List.of(VERIFY_LOCATION, "mp.jwt.verify.publickey",
            "smallrye.jwt.verify.key.location", "smallrye.jwt.verify.secretkey");

    private static final Pattern SERVICE_URL = Pattern
            .compile("https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?");

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

    /** What is put into scripts and compared with origins. */
    void requireServiceUrl() {
        value("service.url").filter(url -> !SERVICE_URL.matcher(url).matches()).ifPresent(url -> {
            throw new ConfigurationException(
                    "service.url is no address of a service, such as https://machines.example.org");
        });
    }

    void requireKeys() {
        if (!hasKeys()) {
            throw new ConfigurationException(
                    "No key is configured that sessions are verified with: set " + VERIFY_LOCATION
                            + " (MP_JWT_VERIFY_PUBLICKEY_LOCATION), and " + SIGN_LOCATION
                            + " for sessions of the service's own. With an external database it makes none.");
        }
    }

    void requireKeyFiles() {
        requireFile(VERIFY_LOCATION);
        requireFile(SIGN_LOCATION);
    }

    Map<String, String> withoutKeysIfConfigured(Map<String, String> settings) {
        if (!hasKeys()) {
            return settings;
        }
        return settings.entrySet()
                .stream()
                .filter(setting -> !List.of(SIGN_LOCATION, VERIFY_LOCATION).contains(setting.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private boolean hasKeys() {
        return VERIFY.stream().anyMatch(name -> value(name).isPresent());
    }

    // SmallRye JWT reads a key when it first needs one: hours too late for whoever mistyped its name.
    private void requireFile(String property) {
        value(property).filter(location -> !location.matches("https?:.*"))
                .map(location -> location.replaceFirst("^(file|classpath):(//)?", ""))
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
        Optional<String> value = config.getOptionalValue(name, String.class);
        if (value.isEmpty() && config.isPropertyPresent(name) && config.getConfigValue(name).getValue() == null) {
            // It refers to something that is not there, which an optional value hides and this says.
            return Optional.of(config.getValue(name, String.class));
        }
        return value.filter(text -> !text.isBlank() && !text.equals("NONE"));
    }
}
