package org.machineregistry.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.identity.NoTeams;

import io.vertx.core.json.JsonObject;

class ProviderPersonTest {
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"sub\": \"\"}", "{\"sub\": \"team:ops\"}", "{\"sub\": \"issuer:ci:ada\"}",
            "{\"sub\": {\"id\": 1}}",
            "{\"sub\": \"a\\u0000b\"}"})
    void whose_id_cannot_be_an_owner_is_nobody(String claims) {
        assertThat(ProviderPerson.of(new JsonObject(claims), NoTeams.claims())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"sub\": \"1\", \"name\": \"Ada Lovelace\", \"email\": \"ada@example.org\"} | 1 | Ada Lovelace",
            "{\"sub\": \"1\", \"preferred_username\": \"ada\"} | 1 | ada",
            "{\"id\": 583231, \"login\": \"octocat\", \"name\": null} | 583231 | octocat",
            "{\"sub\": \"1\", \"name\": \"A\\u202eda\"} | 1 | Ada",
    })
    void a_person_is_called_what_the_provider_calls_them(String claims, String id, String name) {
        ProviderPerson person = ProviderPerson.of(new JsonObject(claims), NoTeams.claims()).orElseThrow();

        assertThat(person.id()).isEqualTo(id);
        assertThat(person.name()).isEqualTo(name);
    }
}
