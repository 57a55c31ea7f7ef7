package org.machineregistry.identity;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where in a provider's tokens a person's teams stand. */
@ConfigMapping(prefix = "teams")
interface TeamsConfig {
    /** The claim with their names; slashes lead into claims within claims. */
    @WithDefault("groups")
    String claim();

    /** Only what begins with it is a team; it is cut off. */
    Optional<String> prefix();
}
