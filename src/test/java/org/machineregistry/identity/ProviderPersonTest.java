package org.machineregistry.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.vertx.core.json.JsonObject;

class ProviderPersonTest {
    @Test
    void teams_are_what_begins_with_the_prefix_without_it_once_and_in_order() {
        List<String> teams = teams("""
                {"sub": "1", "groups": ["/reg/ops", "/reg/dev:viewer", "/reg/ops", "/reg/", "/other", 5, null]}
                """, "groups", "/reg/");

        assertThat(teams).containsExactly("dev:viewer", "ops");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"sub\": \"1\", \"groups\": \"ops\"} | groups",
            "{\"sub\": \"1\", \"realm_access\": {\"roles\": [\"ops\"]}} | realm_access/roles",
            "{\"sub\": \"1\", \"https://example.org/teams\": [\"ops\"]} | https://example.org/teams",
    })
    void the_claim_may_be_one_text_or_within_another_or_named_by_a_url(String claims, String claim) {
        assertThat(teams(claims, claim, null)).containsExactly("ops");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"sub\": \"\"}", "{\"sub\": \"team:ops\"}", "{\"sub\": {\"id\": 1}}",
            "{\"sub\": \"a\\u0000b\"}"})
    void whose_id_cannot_be_an_owner_is_nobody(String claims) {
        assertThat(ProviderPerson.of(new JsonObject(claims), config("groups", null))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"sub\": \"1\", \"name\": \"Ada Lovelace\", \"email\": \"ada@example.org\"} | 1 | Ada Lovelace",
            "{\"sub\": \"1\", \"preferred_username\": \"ada\"} | 1 | ada",
            "{\"id\": 583231, \"login\": \"octocat\", \"name\": null} | 583231 | octocat",
            "{\"sub\": \"1\", \"name\": \"A\\u202eda\"} | 1 | Ada",
    })
    void a_person_is_called_what_the_provider_calls_them(String claims, String id, String name) {
        ProviderPerson person = ProviderPerson.of(new JsonObject(claims), config("groups", null)).orElseThrow();

        assertThat(person.id()).isEqualTo(id);
        assertThat(person.name()).isEqualTo(name);
    }

    private static List<String> teams(String claims, String claim, String prefix) {
        return ProviderPerson.of(new JsonObject(claims), config(claim, prefix)).orElseThrow().teams();
    }

    private static TeamsConfig config(String claim, String prefix) {
        return new TeamsConfig() {
            @Override
            public String claim() {
                return claim;
            }

            @Override
            public Optional<String> prefix() {
                return Optional.ofNullable(prefix);
            }
        };
    }
}
