package org.machineregistry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.machineregistry.TestDatabase;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class ListTest {
    private static final String LONG_NAME = "0123456789012345678901234567890123456789012345678901234567890123456789"
            + "0123456789012345678901234567890";
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    @Test
    void without_a_credential_the_list_is_empty() {
        Api.request().get(Api.MACHINES).then().statusCode(200).body("", equalTo(List.of()));
        Api.request().get(Api.SUMMARY).then().statusCode(200).body("total", equalTo(0)).body("online", equalTo(0))
                .body("offline", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "a.b.c", "V1StGXR8_Z5jdHi6B-myT:mrs_0123456789ABCDEFGHIJKLMNOPQRSTUV3yv9b4"})
    void with_a_bad_credential_it_is_refused(String credential) {
        for (String path : List.of(Api.MACHINES, Api.SUMMARY)) {
            Api.request(credential).get(path).then().statusCode(401);
            Api.requestWithCookie(credential).get(path).then().statusCode(401);
            Api.oddRequest().header("Authorization", credential).get(path).then().statusCode(401);
        }
    }

    @Test
    void a_machines_token_is_no_users_credential() {
        Api.Registered machine = Api.Person.anyone().registers("build box");

        machine.request().get(Api.MACHINES).then().statusCode(401);
        machine.request().get(Api.MACHINE, machine.machineId()).then().statusCode(401);
        Api.oddRequest().auth().preemptive().basic(machine.machineId(), machine.secret()).get(Api.MACHINES).then()
                .statusCode(401);
    }

    @Test
    void nobody_sees_anothers_machines() {
        Api.Person first = Api.Person.anyone();
        Api.Person second = Api.Person.anyone();
        Api.Registered machine = first.registers("build box");

        second.list().then().statusCode(200).body("", equalTo(List.of()));
        first.list().then().body("machineId", contains(machine.machineId()));
        second.request().get(Api.SUMMARY).then().body("total", equalTo(0));
    }

    @Test
    void machines_come_by_name_in_any_case_and_then_by_id() {
        Api.Person owner = Api.Person.anyone();
        List<Api.Registered> same = Stream.of("Alpha", "alpha", "ALPHA").map(owner::registers).toList();
        owner.registers("beta");
        owner.registers("Ärger");
        owner.registers("Gamma");

        Response list = owner.list();

        List<String> ids = list.path("machineId");
        assertThat(ids.subList(0, 3))
                .isEqualTo(same.stream().map(Api.Registered::machineId).sorted(Comparator.naturalOrder()).toList());
        assertThat(list.<List<String>>path("name").subList(3, 6)).containsExactly("beta", "Gamma", "Ärger");
    }

    @Test
    void numbers_in_names_are_in_order_of_their_value_also_over_pages() {
        Api.Person owner = Api.Person.anyone();
        List.of("host-10", "host-9", "Host-1", "host-100", "host-02").forEach(owner::registers);

        Response first = owner.request().queryParam("limit", 2).get(Api.MACHINES);
        Response second = owner.request().get(next(first));

        owner.list().then().body("name", contains("Host-1", "host-02", "host-9", "host-10", "host-100"));
        first.then().body("name", contains("Host-1", "host-02"));
        second.then().body("name", contains("host-9", "host-10"));
    }

    @Test
    void the_summary_counts() {
        Api.Person owner = Api.Person.anyone();
        owner.registers("a");
        owner.registers("b");
        owner.registers("c").request().post(Api.CONNECT).then().statusCode(200);

        owner.request().get(Api.SUMMARY).then().statusCode(200).body("total", equalTo(3)).body("online", equalTo(1))
                .body("offline", equalTo(2));
    }

    @Test
    void the_list_can_be_narrowed_by_status() {
        Api.Person owner = Api.Person.anyone();
        owner.registers("silent");
        owner.registers("there").request().post(Api.CONNECT).then().statusCode(200);

        owner.request().queryParam("status", "online").get(Api.MACHINES).then().body("name", contains("there"));
        owner.request().queryParam("status", "offline").get(Api.MACHINES).then().body("name", contains("silent"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            build,     Build Box
            BOX,       Build Box
            ld b,      Build Box
            %,         100%
            0%,        100%
            _,         a_b
            !,         wow!
            STRASSE,   Haupt straße
            ÄRGER,     ärger
                           """)
    void the_list_can_be_narrowed_by_a_part_of_the_name(String part, String name) {
        Api.Person owner = Api.Person.anyone();
        Stream.of("Build Box", "100%", "a_b", "wow!", "Haupt straße", "ärger", "axb")
                .forEach(known -> owner.registers(known, Api.anyMachineId()));

        owner.request().queryParam("q", part).get(Api.MACHINES).then().statusCode(200).body("name", contains(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"build-7", "BUILD-7.LAB", "lab.EXAMPLE", "d-7"})
    void the_list_can_be_narrowed_by_a_part_of_the_host_name(String part) {
        Api.Person owner = Api.Person.anyone();
        // Ids are looked through as well, and a random one may have such a part.
        owner.registers("other", Api.anyMachineId().replace("-", ""));
        owner.registers("mine").sends(Map.of("hostname", "Build-7.lab.example")).post(Api.CONNECT).then()
                .statusCode(200);

        owner.request().queryParam("q", part).get(Api.MACHINES).then().statusCode(200).body("name", contains("mine"));
    }

    @Test
    void the_list_can_be_narrowed_by_three_characters_of_the_id_and_more() {
        Api.Person owner = Api.Person.anyone();
        String id = "Zz_-" + Api.anyMachineId();
        owner.registers("mine", id);
        owner.registers("other", Api.anyMachineId());

        for (String part : List.of("z_-", "ZZ_", id, id.substring(9).toUpperCase(Locale.ROOT))) {
            owner.request().queryParam("q", part).get(Api.MACHINES).then().statusCode(200).body("name",
                    contains("mine"));
        }
        for (String part : List.of("z_", "_", "zz--", "zz%")) {
            owner.request().queryParam("q", part).get(Api.MACHINES).then().statusCode(200).body("name", empty());
        }
    }

    @Test
    void conditions_add_up() {
        Api.Person owner = Api.Person.anyone();
        owner.registers("build 1");
        owner.registers("build 2").request().post(Api.CONNECT).then().statusCode(200);
        owner.registers("other").request().post(Api.CONNECT).then().statusCode(200);

        owner.request().queryParam("q", "build").queryParam("status", "online").queryParam("limit", 10)
                .get(Api.MACHINES)
                .then()
                .body("name", contains("build 2"))
                .header("Link", equalTo(null));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8})
    void pages_together_are_the_list(int limit) {
        Api.Person owner = Api.Person.anyone();
        Stream.of("Bär", "bär", "a&b=c", "a b", "ZZ", "100%", "zz").forEach(owner::registers);
        List<String> all = owner.list().path("machineId");

        List<String> paged = new ArrayList<>();
        int pages = 0;
        String next = Api.MACHINES + "?limit=" + limit;
        while (next != null) {
            Response page = Api.oddRequest(owner.jwt()).urlEncodingEnabled(false).get(next);
            page.then().statusCode(200);
            assertThat(page.<List<String>>path("machineId").size()).isBetween(1, limit);
            paged.addAll(page.path("machineId"));
            pages++;
            next = next(page);
        }

        assertThat(paged).isEqualTo(all);
        assertThat(pages).isEqualTo((all.size() + limit - 1) / limit);
    }

    @Test
    void a_next_page_keeps_the_conditions() {
        Api.Person owner = Api.Person.anyone();
        Stream.of("x&1", "x&2", "y", "x&3").forEach(owner::registers);

        Response first = owner.request().queryParam("q", "X&").queryParam("status", "offline").queryParam("limit", 2)
                .get(Api.MACHINES);
        Response second = Api.oddRequest(owner.jwt()).urlEncodingEnabled(false).get(next(first));

        first.then().body("name", contains("x&1", "x&2"));
        second.then().statusCode(200).body("name", contains("x&3")).header("Link", equalTo(null));
    }

    @Test
    void a_machine_deleted_meanwhile_does_not_break_the_walk() {
        Api.Person owner = Api.Person.anyone();
        owner.registers("a");
        Api.Registered second = owner.registers("b");
        owner.registers("c");
        Response first = owner.request().queryParam("limit", 2).get(Api.MACHINES);
        owner.request().delete(Api.MACHINE, second.machineId()).then().statusCode(204);

        Response next = Api.oddRequest(owner.jwt()).urlEncodingEnabled(false).get(next(first));

        next.then().statusCode(200).body("name", contains("c"));
    }

    @Test
    void one_tag_is_one_row_of_bytes_however_it_may_be_encoded() {
        Api.Person owner = Api.Person.anyone();
        IntStream.range(0, 30).forEach(i -> owner.registers("build box"));

        RawHttp.Answer plain = RawHttp.send("GET /api/machines", RawHttp.bearer(owner.jwt()));
        RawHttp.Answer zipped = RawHttp.send("GET /api/machines",
                RawHttp.bearer(owner.jwt()) + "Accept-Encoding: gzip\r\n");

        assertThat(plain.header("ETag")).isNotNull();
        assertThat(zipped.header("ETag").equals(plain.header("ETag"))).isEqualTo(zipped.body().equals(plain.body()));
    }

    @Test
    void an_unchanged_list_is_not_sent_again() {
        Api.Person owner = Api.Person.anyone();
        Api.Registered machine = owner.registers("build box");
        String tag = owner.list().then().extract().header("ETag");

        Response again = owner.request().header("If-None-Match", tag).get(Api.MACHINES);

        again.then().statusCode(304).header("ETag", tag);
        assertThat(again.asString()).isEmpty();
        assertThat(tag).startsWith("\"");
        owner.request().header("If-None-Match", "\"other\", " + tag).get(Api.MACHINES).then().statusCode(304);
        owner.request().header("If-None-Match", "*").get(Api.MACHINES).then().statusCode(304);
        owner.request().header("If-None-Match", "\"a,*,b\"").get(Api.MACHINES).then().statusCode(200);
        owner.request().header("If-None-Match", "W/" + tag).get(Api.MACHINES).then().statusCode(304);

        machine.request().post(Api.CONNECT).then().statusCode(200);

        owner.request().header("If-None-Match", tag).get(Api.MACHINES).then().statusCode(200)
                .header("ETag", not(tag));
    }

    @Test
    void the_tag_is_that_of_the_answer_and_not_of_the_owner() {
        Api.Person owner = Api.Person.anyone();
        owner.registers("a");
        owner.registers("b");
        String whole = owner.list().header("ETag");

        owner.request().queryParam("limit", 1).header("If-None-Match", whole).get(Api.MACHINES).then()
                .statusCode(200);
        Api.Person.anyone().request().header("If-None-Match", whole).get(Api.MACHINES).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=%FF", "q=%ED%A0%80", "limit=%C3"})
    void a_query_that_is_no_utf_8_is_refused(String query) {
        RawHttp.Answer answer = RawHttp.send("GET /api/machines?" + query, RawHttp.bearer(Api.Person.anyone().jwt()));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.isProblem()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=ONLINE", "status=away", "status=", "limit=", "after=",
            "limit=0", "limit=1001", "limit=-1", "limit=1.0", "limit=x",
            "limit=%2B1", "limit=99999999999999999999", "after=x", "after=%20",
            "after=YWJj", "after=Cg", "after=_-8", "unknown=1", "Status=online", "=1", "q=a&q=b",
            "limit=1&limit=1", "status=online&status=offline", "q=%00", "page=2", "status=online&sort=size",
            "q=a%E2%80%8B", "q=%07",
            "q=" + LONG_NAME})
    void a_query_that_is_not_understood_is_refused(String query) {
        Api.Person owner = Api.Person.anyone();
        owner.registers("build box");

        Api.oddRequest(owner.jwt()).urlEncodingEnabled(false).get(Api.MACHINES + "?" + query).then()
                .statusCode(400)
                .body("violations.size()", equalTo(1));
    }

    @Test
    void an_empty_part_of_a_name_is_in_every_name() {
        Api.Person owner = Api.Person.anyone();
        owner.registers("build box");

        Api.oddRequest(owner.jwt()).queryParam("q", "").get(Api.MACHINES).then().statusCode(200)
                .body("name", contains("build box"));
    }

    @ParameterizedTest
    @ValueSource(strings = {Api.CURRENT_SESSION, "/api/machines/0123456789"})
    void elsewhere_every_parameter_is_unknown(String path) {
        Api.oddRequest(Api.Person.anyone().jwt()).queryParam("q", "a").get(path).then().statusCode(400)
                .body("violations.field", contains("q"));
    }

    private static String next(Response page) {
        String link = page.header("Link");
        if (link == null) {
            return null;
        }
        Matcher matcher = NEXT.matcher(link);
        assertThat(matcher.matches()).isTrue();
        return matcher.group(1);
    }
}
