package org.machineregistry.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No PowerShell runs here. So agent.ps1 is held to agent.sh, which the service's tests run: both must say the same to the service.
 */
class PowerShellAgentTest {
    private final String shell = read("agent.sh");
    private final String powerShell = read("agent.ps1");

    private static String read(String name) {
        try {
            return Files.readString(Path.of("src/main/resources", name));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    /** What the first group of a pattern finds in a text. */
    private static Set<String> all(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        Pattern.compile(pattern, Pattern.MULTILINE).matcher(text).results()
                .forEach(result -> found.add(result.group(1)));
        return found;
    }

    private static String one(String pattern, String text) {
        Set<String> found = all(pattern, text);
        assertThat(found).as(pattern).hasSize(1);
        return found.iterator().next();
    }

    /** A function of the shell's from its name to the brace at the start of a line. */
    private static String body(String start, String text) {
        int from = text.indexOf("\n" + start);
        assertThat(from).as(start).isPositive();
        return text.substring(from, text.indexOf("\n}\n", from));
    }

    @Test
    void both_call_the_same_addresses_of_the_service() {
        assertThat(all("(?:Invoke-Service |\\$call = if \\(\\$Connected\\) \\{ |Greeting = )'([a-z]+)'", powerShell))
                .isEqualTo(all("(?:^ *call |greeting=)([a-z]+)$", shell))
                .isEqualTo(Set.of("assistants", "connect", "disconnect", "enrol", "heartbeat", "socket"));
        assertThat(powerShell).contains("\"$Service/api/agent/$Call\"");
        assertThat(shell).contains("\"$SERVICE/api/agent/$1\"");
    }

    @Test
    void both_send_the_same_fields() {
        String sent = body("body_of() {", shell) + body("assistant_count_member() {", shell);
        Set<String> fields = new TreeSet<>(all("text_member ([A-Za-z]+)", sent));
        fields.addAll(all("\\\\?\"([A-Za-z]+)\\\\?\":", sent));

        String written = body("function Get-Body(", powerShell) + body("function Add-AssistantCount(", powerShell);
        Set<String> same = new TreeSet<>(all("\\[?[Bb]ody\\['([A-Za-z]+)']", written));
        same.addAll(all("\"([A-Za-z]+)\":", written));

        assertThat(same).isEqualTo(fields).contains("instanceId", "machineId", "secret", "hostname", "assistantCount",
                "assistants");
    }

    @Test
    void both_believe_an_answer_for_the_same_fields() {
        String welcome = body("is_welcome() {", shell) + body("is_problem() {", shell);
        String same = body("function Test-Welcome(", powerShell) + body("function Test-Problem(", powerShell);

        assertThat(all("'([a-zA-Z]+(?:Id|Seconds)|title|status)'", same)).isEqualTo(
                all("find_value (.*)", welcome).stream()
                        .map(name -> name.matches("ttl|heartbeat") ? name + "Seconds" : name)
                        .collect(Collectors.toSet()));
        assertThat(all("'(application/[a-z+]+)'", same)).isEqualTo(all("^ +(application/[a-z+]+) \\|", welcome));
    }

    @ParameterizedTest
    @CsvSource({"SHORTEST_PAUSE, ShortestPause", "LONGEST_PAUSE, LongestPause", "CALL_SECONDS, CallSeconds",
            "GOODBYE_TRIES, GoodbyeTries", "LONGEST_TEXT, LongestText", "MOST_ASSISTANTS, MostAssistants",
            "LONGEST_ANSWER, LongestAnswer", "TOKEN_IS_NOT_GOOD, TokenIsNotGood", "WRONG_USE, WrongUse",
            "STATUS_UNKNOWN, StatusUnknown", "CANNOT_INSTALL, CannotInstall", "CLAIM_PAUSE, ClaimPause",
            "CLAIM_SECONDS, ClaimSeconds"})
    void both_have_the_same_limits_and_exit_codes(String inShell, String inPowerShell) {
        assertThat(one("^\\$" + inPowerShell + " = ([0-9]+)$", powerShell))
                .isEqualTo(one("^" + inShell + "=([0-9]+)$", shell));
    }

    @Test
    void both_make_ids_and_secrets_of_the_same_length() {
        assertThat(one("Get-RandomText \\(\\$letters \\+ '_-'\\) ([0-9]+)", powerShell))
                .isEqualTo(one("random_text A-Za-z0-9_- ([0-9]+)", shell));
        assertThat(one("Get-RandomText \\$letters ([0-9]+)", powerShell))
                .isEqualTo(one("random_text A-Za-z0-9 ([0-9]+)", shell));
    }

    @Test
    void both_show_a_claim_alike_and_nothing_of_the_secret_but_its_hash() {
        String shown = "nobody has claimed this machine yet. Whoever opens this link, signed in, and names the machine";
        assertThat(shell).contains("$SERVICE/app#claim=${token%%:*}.").contains(shown);
        assertThat(powerShell).contains("\"$Service/app#claim=$(Get-MachineId).$ClaimHash\"").contains(shown);

        assertThat(body("function Find-Claim {", powerShell)).contains("Get-Hash ($Token.Split(':')[1])")
                .contains("\"$OwnFile.claiming\"");
        assertThat(body("function Get-Hash(", powerShell)).contains("SHA256", ".TrimEnd('=')");
        assertThat(body("function Show-Claim {", powerShell)).doesNotContain("$Token");
    }

    @Test
    void the_token_goes_into_a_header_and_follows_no_redirect() {
        assertThat(powerShell).containsOnlyOnce("AllowAutoRedirect").contains("$handler.AllowAutoRedirect = $false");
        assertThat(all("(AuthenticationHeaderValue\\]::new\\('Bearer', \\$credential\\))", powerShell)).hasSize(1);
        assertThat(powerShell).doesNotContain("Invoke-WebRequest", "Invoke-RestMethod", "Invoke-Expression");
    }

    @Test
    void it_is_told_by_no_argument_but_a_command() {
        assertThat(Pattern.compile("(?i)\\$args\\b").matcher(powerShell).results().count()).isEqualTo(1);
        assertThat(powerShell).contains("Invoke-AgentCommand $args").doesNotContainPattern("(?m)^param\\b");
    }

    @Test
    void a_command_that_does_not_end_in_time_is_ended_with_all_that_it_started() {
        assertThat(body("function Get-CommandOutput(", powerShell)).contains("Stop-Tree $process");
        assertThat(body("function Stop-Tree(", powerShell)).contains("taskkill.exe", "/T /F /PID", "$Process.Kill()");
        assertThat(powerShell).containsOnlyOnce(".Kill()");
    }

    @Test
    void install_with_a_key_takes_the_token_that_the_machine_has() {
        assertThat(body("function Install-Agent {", powerShell))
                .contains("$enrols = $Key -and -not $env:MACHINE_TOKEN -and -not (Test-Filled $TokenFile)");
    }

    @Test
    void whatever_somebody_calls_uses_the_settings_that_are_installed_and_a_new_token_keeps_them() {
        assertThat(body("function Invoke-AgentCommand(", powerShell))
                .contains("if ($command -ne 'run') { Import-Settings $command }");
        assertThat(body("function Get-Settings(", powerShell)).contains("[IO.File]::ReadAllText($Path)");
    }
}
