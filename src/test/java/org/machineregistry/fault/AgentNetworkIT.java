package org.machineregistry.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.machineregistry.Ports;
import org.machineregistry.fault.User.Registered;

/** The agent behind a proxy, and over TLS by an authority that it may know or not. */
@ExtendWith(Site.Extension.class)
@Execution(ExecutionMode.CONCURRENT)
class AgentNetworkIT {
    private static final String PASSWORD = "BasicAuth name Secret0fTheProxy";
    private static final String USER = "name:Secret0fTheProxy@";

    @TempDir
    Path directory;
    private Registered machine;

    @BeforeEach
    void registers(Site site) {
        machine = User.at(site.a).register(site.a);
    }

    @Test
    void it_tells_what_makes_an_authority_of_ones_own_trusted(Site site) throws Exception {
        TestAuthority authority = new TestAuthority(directory);
        try (StandIn front = front(authority, site)) {
            try (Agent agent = command(front, site).start()) {
                agent.awaitOutput("is not trusted");

                assertThat(agent.output()).contains("name the authority's file in CURL_CA_BUNDLE")
                        .doesNotContain("online as");
            }
            try (Agent agent = trusting(authority, front, site).start()) {
                agent.awaitOutput("online as machine");
            }
        }
    }

    @Test
    void it_tells_that_a_certificate_is_for_another_name(Site site) throws Exception {
        TestAuthority authority = new TestAuthority(directory);
        try (StandIn front = StandIn.overTls(authority.server("dns:registry.example.org"));
                Agent agent = trusting(authority, front, site).start()) {
            agent.awaitOutput("is for another name");
        }
    }

    @Test
    void it_tells_its_own_clock_where_a_certificate_is_out_of_its_time(Site site) throws Exception {
        TestAuthority authority = new TestAuthority(directory);
        try (StandIn front = StandIn.overTls(authority.server("ip:127.0.0.1", "-startdate", "-9d", "-validity", "1"));
                Agent agent = trusting(authority, front, site).start()) {
            agent.awaitOutput("or set the clock of this machine, which says");
        }
    }

    @Test
    void it_tells_that_there_is_no_tls_where_it_is_expected(Site site) throws Exception {
        String address = site.a.url().replace("http:", "https:");
        try (Agent agent = AgentCommand.of(site.a, directory).at(address).token(machine).start()) {
            agent.awaitOutput("No TLS with " + address);
        }
    }

    @Test
    void it_is_online_through_a_proxy(Site site) throws Exception {
        try (TinyProxy proxy = proxy("");
                Agent agent = AgentCommand.of(site.a, directory)
                        .token(machine)
                        .with("http_proxy", proxy.address())
                        .start()) {
            agent.awaitOutput("online as machine");
        }
    }

    @Test
    void it_is_online_over_tls_through_a_proxy(Site site) throws Exception {
        TestAuthority authority = new TestAuthority(directory);
        try (TinyProxy proxy = proxy("");
                StandIn front = front(authority, site);
                Agent agent = trusting(authority, front, site).with("https_proxy", proxy.address()).start()) {
            agent.awaitOutput("online as machine");
        }
    }

    @Test
    void it_tells_that_a_proxy_wants_a_password_and_never_tells_that(Site site) throws Exception {
        try (TinyProxy proxy = proxy(PASSWORD)) {
            AgentCommand command = AgentCommand.of(site.a, directory).token(machine);
            try (Agent agent = command.with("http_proxy", proxy.address("name:Wr0ng@")).start()) {
                // tinyproxy may end the connection while it is written to, so that curl does not get to read why.
                agent.awaitOutput("wants a name and a password");

                assertThat(agent.output()).contains("roxy 127.0.0.1:").doesNotContain("Wr0ng", "online as");
            }
            try (Agent agent = command.with("http_proxy", proxy.address(USER)).start()) {
                agent.awaitOutput("online as machine");
            }
        }
    }

    @Test
    void it_tells_that_a_proxy_wants_a_password_before_tls(Site site) throws Exception {
        TestAuthority authority = new TestAuthority(directory);
        try (TinyProxy proxy = proxy(PASSWORD); StandIn front = front(authority, site)) {
            AgentCommand command = trusting(authority, front, site);
            try (Agent agent = command.with("https_proxy", proxy.address()).start()) {
                agent.awaitOutput("wants a name and a password (407)");
            }
            try (Agent agent = command.with("https_proxy", proxy.address(USER)).start()) {
                agent.awaitOutput("online as machine");
            }
        }
    }

    @Test
    void it_tells_that_a_proxy_opens_no_way_to_the_service(Site site) throws Exception {
        TestAuthority authority = new TestAuthority(directory);
        try (TinyProxy proxy = proxy("ConnectPort 443");
                StandIn front = front(authority, site);
                Agent agent = trusting(authority, front, site).with("https_proxy", proxy.address()).start()) {
            agent.awaitOutput("opens no way to " + front.address() + " (403)");
        }
    }

    @Test
    void it_tells_that_no_proxy_is_there(Site site) throws Exception {
        String proxy = "127.0.0.1:" + Ports.free();
        try (Agent agent = AgentCommand.of(site.a, directory).token(machine).with("http_proxy", "http://" + proxy)
                .start()) {
            agent.awaitOutput("through the proxy " + proxy + " (set no_proxy to go around it)");
        }
    }

    @Test
    void a_proxy_that_is_not_there_is_no_matter_where_no_proxy_names_the_service(Site site) throws Exception {
        try (Agent agent = AgentCommand.of(site.a, directory)
                .token(machine)
                .with("http_proxy", "http://127.0.0.1:" + Ports.free())
                .with("no_proxy", "127.0.0.1")
                .start()) {
            agent.awaitOutput("online as machine");
        }
    }

    private TinyProxy proxy(String more) throws Exception {
        assumeTrue(TinyProxy.isInstalled(), "tinyproxy is not installed");
        return new TinyProxy(directory, more);
    }

    private static StandIn front(TestAuthority authority, Site site) throws Exception {
        StandIn front = StandIn.overTls(authority.server("ip:127.0.0.1"));
        front.handOn(site.a);
        return front;
    }

    private AgentCommand command(StandIn front, Site site) throws Exception {
        return AgentCommand.of(site.a, directory).at(front.address()).token(machine);
    }

    private AgentCommand trusting(TestAuthority authority, StandIn front, Site site) throws Exception {
        return command(front, site).with("CURL_CA_BUNDLE", authority.certificate().toString());
    }
}
