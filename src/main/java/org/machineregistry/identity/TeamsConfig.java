package org.machineregistry.identity;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where in a provider's tokens a person's teams stand. */
@ConfigMapping(prefix = "teams")
interface TeamsConfig {
    /** The claim that names them; slashes lead into claims within claims, where there is no claim of that name. */
    @WithDefault("groups")
    String claim();

    /** Only names that begin so are teams, without it. */
    Optional<String> prefix();

    /** The name of the group that is admin of everything; with the prefix or without it. */
    Optional<String> administrators();
}
