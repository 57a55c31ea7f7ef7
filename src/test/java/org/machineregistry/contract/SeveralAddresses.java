package org.machineregistry.contract;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** A deployment that is reached at four addresses, none of them the one that it listens at. */
public class SeveralAddresses implements QuarkusTestProfile {
    static final String MAIN = "https://machines.example.org";
    static final String BELOW_A_PATH = "https://intranet.example.org/registry";
    static final String BELOW_A_LONGER_PATH = BELOW_A_PATH + "/second";
    static final String PLAIN = "http://lab.example.org:8080";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("service.url", MAIN + "/", "service.additional-urls",
                String.join(", ", BELOW_A_PATH, BELOW_A_LONGER_PATH, PLAIN));
    }
}
