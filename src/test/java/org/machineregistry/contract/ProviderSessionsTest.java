package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.jwt.build.Jwt;

/** Sessions that a provider signed, which may be of any length. */
@QuarkusTest
@WithTestResource(ProviderDatabase.class)
class ProviderSessionsTest {
    private static final int KEPT_BY_BROWSERS = 4_096;

    @Test
    void a_session_of_the_provider_is_put_into_the_cookie() {
        String jwt = signedWithGroups(10);

        Response session = Api.request(jwt).post(Api.SESSIONS);

        session.then().statusCode(201).body("userId", equalTo("ada"));
        assertThat(session.getCookies()).containsValue(jwt);
    }

    @Test
    void one_that_no_browser_would_keep_is_refused_and_says_why() {
        String jwt = signedWithGroups(400);
        assertThat(jwt.length()).isGreaterThan(KEPT_BY_BROWSERS);

        Response session = Api.request(jwt).post(Api.SESSIONS);

        session.then().statusCode(431)
                .body("title", equalTo("Request Header Fields Too Large"))
                .body("detail", containsString("fewer groups"));
        assertThat(session.getCookies()).isEmpty();
        Api.request(jwt).get(Api.CURRENT_SESSION).then().statusCode(200).body("userId", equalTo("ada"));
    }

    private static String signedWithGroups(int count) {
        return Jwt.issuer("machine-registry")
                .subject("ada")
                .groups(IntStream.range(0, count).mapToObj(i -> "group-" + i).collect(Collectors.toSet()))
                .expiresAt(Instant.now().plusSeconds(600))
                .sign(ConfigProvider.getConfig().getValue(ProviderDatabase.PROVIDERS_KEY, String.class));
    }
}
