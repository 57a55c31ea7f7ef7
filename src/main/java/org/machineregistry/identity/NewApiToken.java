package org.machineregistry.identity;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * An API token to make.
 *
 * @param name by which its person knows it again; it stands in the token, and nowhere else
 */
record NewApiToken(@NotBlank @Size(max = 100) String name,
        @NotNull @Pattern(regexp = "read|manage", message = "must be read or manage") String scope,
        @NotNull @Min(1) @Max(NewApiToken.YEAR_SECONDS) Integer expiresInSeconds) {
    static final int YEAR_SECONDS = 365 * 24 * 60 * 60;
}
