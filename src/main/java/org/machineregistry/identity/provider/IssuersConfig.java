package org.machineregistry.identity.provider;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;

/** Issuers of access tokens beside the provider that people sign in with: {@link Issuers}. */
// Public, because what validates settings calls the methods of one that is a map.
@ConfigMapping(prefix = "issuers")
public interface IssuersConfig {
    /** The issuers by the names that stand in the ids of their people. */
    @WithParentName
    Map<String, Settings> all();

    interface Settings {
        /** The {@code iss} of its tokens, below which its discovery document is. */
        String url();

        /** One of these must be an audience of a token. */
        List<String> audience();

        /** The name of a configuration of {@code quarkus.tls}, for a CA of one's own. */
        Optional<String> tlsConfigurationName();
    }
}
