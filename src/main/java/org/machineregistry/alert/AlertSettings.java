package org.machineregistry.alert;

import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.machineregistry.machine.OfflineReason;

import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * The settings, checked.
 *
 * @param url the receiver's address
 * @param secret null where there is none
 * @param untold the reasons for which nobody is told; a reason that only a newer version of the service knows is not among them
 */
record AlertSettings(URI url, AlertFormat format, String secret, List<String> untold) {
    private static final String KEY_PREFIX = "whsec_";
    // https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#symmetric
    private static final int SHORTEST_KEY = 24;
    private static final int LONGEST_KEY = 64;

    /**
     * @return empty where no address is set
     * @throws ConfigurationException naming the setting that is wrong
     */
    static Optional<AlertSettings> of(AlertsConfig config) {
        List<String> untold = config.reasons().map(AlertSettings::untold)
                .orElse(List.of(OfflineReason.DISCONNECTED.label));
        if (config.url().isEmpty()) {
            return Optional.empty();
        }
        AlertSettings settings = new AlertSettings(address(config.url().get().trim()), config.format(),
                config.secret().map(String::trim).orElse(null), untold);
        if (settings.format == AlertFormat.STANDARD) {
            settings.signingKey();
        }
        if (settings.format == AlertFormat.NTFY && NtfyMessage.topicOf(settings.url).isEmpty()) {
            throw new ConfigurationException(
                    "alerts.url must end in the topic for alerts.format=ntfy, such as https://ntfy.sh/my-topic");
        }
        return Optional.of(settings);
    }

    private static URI address(String text) {
        try {
            URI url = URI.create(text);
            boolean isWeb = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (isWeb && url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException malformed) {
            // It is refused below. Its message would show the whole address, which may be a secret.
        }
        // The address itself may be a secret.
        throw new ConfigurationException("alerts.url is no address of the web without a user and a fragment, such as"
                + " https://hooks.example.org/machines");
    }

    private static List<String> untold(Set<String> told) {
        Set<String> untold = new TreeSet<>(Stream.of(OfflineReason.values()).map(reason -> reason.label).toList());
        for (String reason : told) {
            if (!untold.remove(reason)) {
                throw new ConfigurationException("alerts.reasons: " + reason + " is none of " + String.join(", ",
                        Stream.of(OfflineReason.values()).map(known -> known.label).toList()));
            }
        }
        return List.copyOf(untold);
    }

    /** Returns the key that Standard Webhooks are signed with. */
    byte[] signingKey() {
        try {
            if (secret != null && secret.startsWith(KEY_PREFIX)) {
                byte[] key = Base64.getDecoder().decode(secret.substring(KEY_PREFIX.length()));
                if (key.length >= SHORTEST_KEY && key.length <= LONGEST_KEY) {
                    return key;
                }
            }
        } catch (IllegalArgumentException malformed) {
            // It is refused below.
        }
        throw new ConfigurationException("alerts.secret must be " + KEY_PREFIX + " and " + SHORTEST_KEY + " to "
                + LONGEST_KEY + " bytes in base64 for alerts.format=standard; make one with: echo whsec_$(openssl rand"
                + " -base64 32)");
    }

    /** The receiver without what may be secret of its address. */
    String receiver() {
        return url.getScheme() + "://" + url.getAuthority();
    }

    /** The address and keys are secrets. */
    @Override
    public String toString() {
        return "AlertSettings[" + receiver() + "]";
    }
}
