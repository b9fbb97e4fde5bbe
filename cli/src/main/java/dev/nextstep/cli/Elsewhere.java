package dev.nextstep.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;

/**
 * Commands whose libraries are fetched when they are first used. Completion knows them from outlines that tests of their modules
 * compare with them.
 */
final class Elsewhere {
    private static final List<String> OUTLINES = List.of("lab.outline", "server.outline");

    private Elsewhere() {}

    /** Adds those that are not here. */
    static void addTo(CommandLine root) {
        OUTLINES.forEach(name -> CommandOutline.addTo(root, lines(name)));
    }

    private static List<String> lines(String name) {
        try (var in = Objects.requireNonNull(Elsewhere.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
