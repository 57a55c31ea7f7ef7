package org.machineregistry.identity;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

@ConfigMapping(prefix = "teams")
interface TeamsConfig {
    /** The claim of the provider's that names a person's teams. Slashes lead into objects, where there is no claim of that name. */
    @WithDefault("groups")
    String claim();

    /** Only names that begin so are teams, without it. */
    Optional<String> prefix();

    /** The name of the group that is admin of everything; with the prefix or without it. */
    Optional<String> administrators();
}
