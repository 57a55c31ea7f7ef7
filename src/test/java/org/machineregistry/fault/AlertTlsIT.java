package org.machineregistry.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.net.ssl.SSLContext;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.machineregistry.fault.User.Registered;

/** A receiver over TLS, whose authority the service was told of: who is not shown to be it gets no alert, and none is lost. */
class AlertTlsIT {
    private static final String ITSELF = "ip:127.0.0.1";

    @TempDir
    static Path directory;
    private static TestAuthority authority;
    private static SSLContext good;
    private static AlertReceiver receiver;
    private static AlertSite site;

    @BeforeAll
    static void start() throws Exception {
        authority = authority("known");
        good = authority.server(ITSELF);
        receiver = new AlertReceiver(good);
        Map<String, String> settings = new TreeMap<>(AlertSite.sendingTo(receiver.url()));
        settings.put("quarkus.tls.alerts.trust-store.pem.certs", authority.certificate().toString());
        site = new AlertSite(settings);
        site.start(site.a);
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        site.close();
        receiver.close();
    }

    private static TestAuthority authority(String name) throws IOException, InterruptedException {
        return new TestAuthority(Files.createDirectory(directory.resolve(name)));
    }

    @Test
    void a_receiver_of_an_authority_of_ones_own_is_told() throws Exception {
        Registered machine = site.goneOffline();

        await().until(() -> !receiver.of(machine).isEmpty());

        assertThat(receiver.told(machine)).isEqualTo(List.of("disconnected"));
    }

    @Test
    void a_certificate_of_another_authority_is_refused() throws Exception {
        assertRefused(authority("stranger").server(ITSELF), "its certificate is of an authority that is not trusted");
    }

    @Test
    void a_certificate_for_another_name_is_refused() throws Exception {
        assertRefused(authority.server("dns:hooks.example.org"), "no TLS with it: No subject alternative names");
    }

    @Test
    void a_certificate_that_has_expired_is_refused() throws Exception {
        assertRefused(authority.server(ITSELF, "-startdate", "-9d", "-validity", "1"), "its certificate has expired");
    }

    private static void assertRefused(SSLContext context, String why) throws Exception {
        long lines = site.troubles();
        long failed = site.messages("failed");
        receiver.goAway();
        receiver.comeBackWith(context);

        Registered machine = site.goneOffline();
        await().until(() -> site.messages("failed") >= failed + 2);

        assertThat(site.logs("Alerts do not arrive at " + receiver.url().replace("/alerts", "") + ": " + why))
                .as(site.a.output()).isEqualTo(1);
        assertThat(site.troubles()).as(site.a.output()).isEqualTo(lines + 1);
        assertThat(receiver.of(machine)).isEmpty();

        long again = site.logs("Alerts arrive at ");
        receiver.goAway();
        receiver.comeBackWith(good);
        await().until(() -> !receiver.of(machine).isEmpty());
        await().until(() -> site.logs("Alerts arrive at ") == again + 1);
        assertThat(receiver.told(machine)).isEqualTo(List.of("disconnected"));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100));
    }
}
