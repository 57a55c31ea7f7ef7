package org.machineregistry.identity.signin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextPathTest {
    @ParameterizedTest
    @ValueSource(strings = {"/app", "/app/", "/app/?status=offline&q=build%20box", "/app#machine=a-b_C",
            "/app/machines/a?x=//y",
            "/app?next=https://elsewhere.example/"})
    void paths_of_the_page_are_taken(String path) {
        assertThat(NextPath.isOne(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "app", "https://evil.example/app", "//evil.example/app", "/\\evil.example",
            "/app\\..\\x", "/application", "/app/../api", "/app/./x", "/app/..", "/app%2f%2fevil.example",
            "/app/%2e%2e/api",
            "/app\n", "/app/\r\nX: y", "/app?a=%0d%0aX:%20y", "/app?%", "/app/é", "/app/<b>"})
    void all_others_are_not(String path) {
        assertThat(NextPath.isOne(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = 1_000_000)
    void a_long_one_is_refused_at_once(int length) {
        assertThat(NextPath.isOne("/app" + "/a".repeat(length))).isFalse();
    }
}
