package org.machineregistry.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;

import org.machineregistry.fault.User.Registered;

/** How an agent.sh, as a replica hands it out, is to be started. */
final class AgentCommand {
    private final Path directory;
    private final Path script;
    private final Map<String, String> environment = new TreeMap<>();
    private List<String> shell = List.of("sh");

    private AgentCommand(Path directory, Path script) {
        this.directory = directory;
        this.script = script;
        environment.put("HOME", directory.toString());
    }

    static AgentCommand of(Replica replica, Path directory) throws IOException {
        return new AgentCommand(directory, Agent.download(replica, directory));
    }

    /** With another address of the service in the script, as if the service had been asked there for it. */
    AgentCommand at(String address) throws IOException {
        return setting("SERVICE", "'" + address + "'");
    }

    /** With another value of one of the figures at the head of the script. */
    AgentCommand setting(String name, Object value) throws IOException {
        String text = Files.readString(script);
        String set = text.replaceFirst("(?m)^" + name + "=.*$", Matcher.quoteReplacement(name + "=" + value));
        if (set.equals(text)) {
            throw new IllegalStateException("The script has no " + name + " to be set");
        }
        Files.writeString(script, set);
        return this;
    }

    /** With the places of the whole machine below this directory, so that root, too, installs nothing here. */
    AgentCommand below(Path root) throws IOException {
        String text = Files.readString(script);
        for (String place : List.of("/etc/", "/usr/local/lib/", "/Library/LaunchDaemons/", "/var/log/")) {
            text = text.replace(place, root + place);
        }
        Files.writeString(script, text);
        return this;
    }

    AgentCommand under(String... command) {
        shell = List.of(command);
        return this;
    }

    AgentCommand with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    AgentCommand with(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    AgentCommand token(Registered machine) {
        return with("MACHINE_TOKEN", machine.token());
    }

    AgentCommand tokenFile(Path file) {
        return with("MACHINE_TOKEN_FILE", file.toString());
    }

    Agent start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(shell);
        command.add(script.toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(directory, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // Whoever runs the tests may be behind a proxy.
        builder.environment().keySet().removeIf(name -> name.toLowerCase().endsWith("_proxy"));
        builder.environment().putAll(environment);
        return new Agent(builder.start(), output);
    }
}
