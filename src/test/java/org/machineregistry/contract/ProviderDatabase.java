package org.machineregistry.contract;

import java.util.HashMap;
import java.util.Map;

import org.machineregistry.TestDatabase;

/** A service that signs nothing itself: sessions are what a provider signed. */
public class ProviderDatabase extends TestDatabase {
    static final String PROVIDERS_KEY = "test.providers-key";

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(super.start());
        settings.put(PROVIDERS_KEY, settings.remove("smallrye.jwt.sign.key.location"));
        // In tests Quarkus has one of its own, which is none.
        settings.put("smallrye.jwt.sign.key", "");
        return settings;
    }
}
