package org.machineregistry.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.quarkus.runtime.configuration.ConfigurationException;

/** The settings that say where the service is reached. */
public final class ConfiguredAddresses {
    public static final String URL = "service.url";
    public static final String ADDITIONAL_URLS = "service.additional-urls";

    private ConfiguredAddresses() {}

    /**
     * The addresses of both settings, the main one first.
     *
     * @throws ConfigurationException for a wrong one, naming the setting
     */
    public static List<ServiceAddress> read(Optional<String> url, Optional<List<String>> additional) {
        List<ServiceAddress> addresses = new ArrayList<>();
        url.ifPresent(text -> addresses.add(parse(URL, text)));
        additional.orElse(List.of()).forEach(text -> addresses.add(parse(ADDITIONAL_URLS, text)));
        return addresses.stream().distinct().toList();
    }

    private static ServiceAddress parse(String setting, String text) {
        try {
            return ServiceAddress.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException(setting + ": " + text.strip() + " " + wrong.getMessage());
        }
    }

    static String join(List<ServiceAddress> addresses) {
        return addresses.stream().map(ServiceAddress::toString).collect(Collectors.joining(", "));
    }
}
