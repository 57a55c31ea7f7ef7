package org.machineregistry.contract;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** Another deployment: short times, a small quota, a trusted proxy in front, and another front end. */
public class OtherSettings implements QuarkusTestProfile {
    static final int QUOTA = 3;
    static final int TTL_SECONDS = 3;
    static final int ROTATION_OVERLAP_SECONDS = 2;
    static final String FRONT_END = "https://front.example";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "machines.quota", String.valueOf(QUOTA),
                "machines.rotation-overlap", ROTATION_OVERLAP_SECONDS + "s",
                "presence.ttl", TTL_SECONDS + "s",
                "presence.heartbeat", "1s",
                "sessions.lifetime", "1h",
                "quarkus.http.proxy.proxy-address-forwarding", "true",
                "quarkus.http.proxy.enable-forwarded-host", "true",
                "quarkus.http.cors.origins", FRONT_END);
    }
}
