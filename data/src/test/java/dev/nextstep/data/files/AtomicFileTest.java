package dev.nextstep.data.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void replacesTheOldFileAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("new").resolve("a.txt");
        AtomicFile.writeText(file, "eins");
        AtomicFile.writeText(file, "zwei ü");
        assertThat(file).hasContent("zwei ü");
        try (var files = Files.list(folder.resolve("new"))) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void whatCannotBeReplacedStaysAndNothingIsLeftBeside() throws IOException {
        Path inTheWay = Files.createDirectories(folder.resolve("b").resolve("full"));
        Files.writeString(inTheWay.resolve("c"), "kept");
        assertThatThrownBy(() -> AtomicFile.writeText(inTheWay, "x")).isInstanceOf(IOException.class);
        assertThat(inTheWay.resolve("c")).hasContent("kept");
        try (var files = Files.list(folder.resolve("b"))) {
            assertThat(files).containsExactly(inTheWay);
        }
    }
}
