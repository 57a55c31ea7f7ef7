package org.machineregistry.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The folder of an operator: one of ours, the components that they want, and settings of their own. */
record Kustomization(String resource, List<String> components, List<String> settings) {

    private static final Path OURS = Path.of("src/main/kubernetes");
    private static final List<String> COMPONENTS = List.of("gateway", "ingress", "prometheus", "provider");

    static Kustomization base() {
        return new Kustomization("base", List.of(), List.of());
    }

    static Kustomization tryOut() {
        return new Kustomization("overlays/try-out", List.of(), List.of());
    }

    /** Alone, each component alone, and all of them together. */
    static Stream<Kustomization> all() {
        return Stream.concat(Stream.of(base(), tryOut(), base().with(COMPONENTS)),
                COMPONENTS.stream().map(component -> base().with(List.of(component))));
    }

    Kustomization with(List<String> components) {
        return new Kustomization(resource, components, settings);
    }

    Kustomization with(String setting) {
        List<String> more = new ArrayList<>(settings);
        more.add(setting);
        return new Kustomization(resource, components, more);
    }

    Path in(Path folder) throws IOException {
        Path ours = folder.toRealPath().relativize(OURS.toRealPath());
        StringBuilder yaml = new StringBuilder("resources:\n- " + ours.resolve(resource) + "\n");
        if (!components.isEmpty()) {
            yaml.append("components:\n");
            components.forEach(component -> yaml.append("- " + ours.resolve("components").resolve(component) + "\n"));
        }
        if (!settings.isEmpty()) {
            yaml.append("configMapGenerator:\n- name: machine-registry\n  behavior: merge\n  literals:\n");
            settings.forEach(setting -> yaml.append("  - " + setting + "\n"));
        }
        Files.writeString(folder.resolve("kustomization.yaml"), yaml);
        return folder;
    }
}
