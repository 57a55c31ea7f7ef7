package org.machineregistry.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.json.JsonObject;

/** Which teams a provider's claims name. */
class TeamClaimsTest {
    private record Settings(String claim, Optional<String> prefix, Optional<String> administrators)
            implements
                TeamsConfig {}

    @Test
    void the_names_of_the_claim_are_teams() {
        assertThat(claims("groups", null).provided(json("{'groups':['ops','dev:viewer','ops']}")).claimed())
                .containsExactly("ops", "dev:viewer");
    }

    @Test
    void one_name_may_stand_alone() {
        assertThat(claims("groups", null).provided(json("{'groups':'ops'}")).claimed()).containsExactly("ops");
    }

    @Test
    void with_a_prefix_only_names_that_begin_so_are_teams_without_it() {
        assertThat(claims("groups", "/registry/").provided(json("{'groups':['/registry/ops','/other','/registry/']}"))
                .claimed())
                .containsExactly("ops");
    }

    @Test
    void a_claim_may_be_within_others_or_be_called_like_a_path() {
        assertThat(claims("realm_access/roles", null).provided(json("{'realm_access':{'roles':['ops']}}")).claimed())
                .containsExactly("ops");
        assertThat(claims("https://example.org/groups", null).provided(json("{'https://example.org/groups':['ops']}"))
                .claimed())
                .containsExactly("ops");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'groups':null}", "{'groups':7}", "{'groups':{}}",
            "{'groups':['',' ',':admin',7,null]}"})
    void what_is_no_name_of_a_team_is_none(String claims) {
        assertThat(claims("groups", null).provided(json(claims)).claimed()).isEmpty();
    }

    @Test
    void what_the_versions_before_signed_has_no_teams() {
        assertThat(claims("groups", null).signed(json("{'groups':['user']}"))).isEqualTo(Teams.NONE);
    }

    @Test
    void administrators_are_named_with_the_prefix_or_without_it() {
        for (String group : new String[]{"admins", "registry-admins"}) {
            TeamClaims claims = claims(new Settings("groups", Optional.of("registry-"), Optional.of(group)));

            assertThat(claims.signed(json("{'teams':['admins']}")).administrator()).isTrue();
            assertThat(claims.signed(json("{'teams':['admins:viewer','admin','ops']}")).administrator()).isFalse();
        }
        assertThat(claims("groups", null).signed(json("{'teams':['admins']}")).administrator()).isFalse();
    }

    private static TeamClaims claims(String claim, String prefix) {
        return claims(new Settings(claim, Optional.ofNullable(prefix), Optional.empty()));
    }

    private static TeamClaims claims(TeamsConfig config) {
        return new TeamClaims(config);
    }

    private static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }
}
