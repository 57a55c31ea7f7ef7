package org.machineregistry.identity.token;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * An API token to make.
 *
 * @param name by which its person knows it again; it stands in the token, and nowhere else
 */
record NewApiToken(
        // A pattern bounds it, because a size would count an emoji twice.
        @NotBlank @Pattern(regexp = "(?s).{0,100}", message = "must be at most 100 characters") String name,
        @NotNull @Pattern(regexp = "read|manage", message = "must be read or manage") String scope,
        @NotNull @Min(1) @Max(NewApiToken.YEAR_SECONDS) Integer expiresInSeconds) {
    static final int YEAR_SECONDS = 365 * 24 * 60 * 60;
}
