package org.machineregistry.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.machineregistry.KeyFiles;
import org.machineregistry.attack.SignedJwt;

import com.fasterxml.jackson.databind.JsonNode;

/** A new pair of keys takes the older one's place at one replica after the other, as an operator is told to do it. */
@ExtendWith(Site.Extension.class)
class KeyRotationIT {
    private static final String SIGN = "smallrye.jwt.sign.key.location";
    private static final String VERIFY = "mp.jwt.verify.publickey.location";
    private static final String FURTHER = "sessions.further-public-keys";

    /** All that the service signs. */
    private record Signed(User session, String apiToken, String enrolmentKey, String recoveryLink) {
        static Signed by(Replica replica) {
            User person = User.at(replica);
            String link = made(replica, person, "/api/sessions/recovery", "{}").get("url").textValue();
            return new Signed(person,
                    made(replica, person, "/api/tokens",
                            "{\"name\":\"script\",\"scope\":\"read\",\"expiresInSeconds\":600}").get("token")
                            .textValue(),
                    made(replica, person, "/api/enrolment-keys", "{\"name\":\"rack\"}").get("key").textValue(),
                    link.substring(link.indexOf("#recover=") + "#recover=".length()));
        }

        private static JsonNode made(Replica replica, User person, String path, String body) {
            HttpResponse<String> answer = Api.send(Api.post(replica, path, person.session, body));
            assertEquals(201, answer.statusCode(), answer.body());
            return Api.json(answer.body());
        }

        private void assertIsTaken(boolean isTaken, Replica replica) {
            assertEquals(isTaken ? 200 : 401, current(replica, session.session), "session");
            assertEquals(isTaken ? 200 : 401, current(replica, apiToken), "API token");
            assertEquals(isTaken ? 201 : 401, Api.send(Api.post(replica, "/api/sessions", null,
                    "{\"recovery\":\"" + recoveryLink + "\"}")).statusCode(), "recovery link");
            String id = "machine-" + System.nanoTime();
            assertEquals(isTaken ? 201 : 401, Api.send(Api.post(replica, "/api/agent/enrol", enrolmentKey,
                    "{\"machineId\":\"" + id + "\",\"secret\":\"0123456789abcdefghijkl\",\"name\":\"box\"}"))
                    .statusCode(), "enrolment key");
        }
    }

    @TempDir
    static Path directory;
    private Site site;

    @BeforeEach
    void find_the_site(Site running) {
        site = running;
    }

    @AfterEach
    void go_back_to_the_pair_of_the_site() throws Exception {
        for (Replica replica : new Replica[]{site.a, site.b}) {
            replica.options(List.of());
            replica.kill();
        }
    }

    @Test
    void what_either_pair_signed_is_good_at_both_replicas_until_the_older_key_is_taken_away() throws Exception {
        Map<String, String> older = site.database.settings(0);
        KeyFiles newer = KeyFiles.rsa(directory, "newer", 2_048);
        List<String> told = List.of("-D" + FURTHER + "=" + newer.publicKey());
        List<String> rotated = List.of("-D" + SIGN + "=" + newer.privateKey(), "-D" + VERIFY + "=" + newer.publicKey());
        Signed before = Signed.by(site.a);

        startAnew(site.a, told);
        startAnew(site.b, told);
        startAnew(site.a, List.of(rotated.get(0), rotated.get(1), "-D" + FURTHER + "=" + older.get(VERIFY)));
        Signed byNewer = Signed.by(site.a);
        Signed byOlder = Signed.by(site.b);

        for (Replica replica : new Replica[]{site.a, site.b}) {
            before.assertIsTaken(true, replica);
            byNewer.assertIsTaken(true, replica);
            byOlder.assertIsTaken(true, replica);
            assertEquals(401, current(replica, ofThirdPair(older)));
        }

        startAnew(site.b, rotated);

        before.assertIsTaken(false, site.b);
        byOlder.assertIsTaken(false, site.b);
        byNewer.assertIsTaken(true, site.b);
        Signed.by(site.b).assertIsTaken(true, site.a);
    }

    private static void startAnew(Replica replica, List<String> options) throws Exception {
        replica.options(options);
        replica.terminate();
        replica.start();
        Api.awaitReady(replica);
    }

    private static int current(Replica replica, String credential) {
        return Api.send(Api.request(replica, "/api/sessions/current", credential).build()).statusCode();
    }

    private static String ofThirdPair(Map<String, String> older) {
        KeyFiles third = KeyFiles.rsa(directory, "third", 2_048);
        long now = System.currentTimeMillis() / 1_000;
        Map<String, String> claims = Map.of("iss", "\"machine-registry\"", "sub", "\"somebody\"", "aud",
                "\"urn:machine-registry:session\"", "jti", "\"third\"", "iat", String.valueOf(now), "exp",
                String.valueOf(now + 600));
        // The claims are those of a session that is good where the service's own key has signed it.
        String good = SignedJwt.of(claims, older);
        String foreign = SignedJwt.of(claims, Map.of(SIGN, third.privateKey().toString()));
        assertEquals(good.substring(0, good.lastIndexOf('.')), foreign.substring(0, foreign.lastIndexOf('.')));
        return foreign;
    }
}
