package dev.nextstep.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The engines that are here: the one of this module, and those of others on the class path. */
public final class Backends {
    private Backends() {}

    /** All of them, {@link CpuBackend#PROVIDER} first. */
    public static List<BackendProvider> all() {
        var found = new LinkedHashMap<String, BackendProvider>();
        found.put(CpuBackend.PROVIDER.name(), CpuBackend.PROVIDER);
        ServiceLoader.load(BackendProvider.class).forEach(provider -> found.putIfAbsent(provider.name(), provider));
        return List.copyOf(found.values());
    }

    /**
     * The engine of that name.
     *
     * @throws IllegalArgumentException if there is none; the message lists what there is
     */
    public static BackendProvider named(String name) {
        if (name.equals(CpuBackend.PROVIDER.name())) { // looking for others takes a moment
            return CpuBackend.PROVIDER;
        }
        var all = all();
        return all.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no engine '%s'; here are: %s"
                        .formatted(
                                name,
                                all.stream()
                                        .map(p -> "%s (%s)".formatted(p.name(), p.description()))
                                        .collect(Collectors.joining(", ")))));
    }
}
