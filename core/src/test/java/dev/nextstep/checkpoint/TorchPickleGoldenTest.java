package dev.nextstep.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nextstep.testing.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Good, odd, damaged and malicious PyTorch files: accepted bit by bit, or refused in one line. */
class TorchPickleGoldenTest {

    @TestFactory
    Stream<DynamicTest> everyFileIsAcceptedOrRefusedAsWanted() {
        var folder = Golden.folder("image/pickle");
        var cases = Golden.json(folder.resolve("index.json")).get("files");
        assertThat(cases).isNotEmpty();
        return cases.valueStream()
                .map(c -> DynamicTest.dynamicTest(
                        c.get("file").asText(),
                        () -> assertTimeoutPreemptively(Duration.ofSeconds(20), () -> check(folder, c))));
    }

    private static void check(Path folder, JsonNode wanted) {
        var file = folder.resolve(wanted.get("file").asText());
        assertThat(Files.exists(file)).as("%s exists", file).isTrue();
        switch (wanted.get("expect").asText()) {
            case "accept", "accept_preferred" -> accept(folder, file, wanted);
            case "refuse" -> assertRefusal(file);
            case "either" -> {
                if (opens(file)) {
                    accept(folder, file, wanted);
                } else {
                    assertRefusal(file);
                }
            }
            default -> throw new AssertionError("unknown outcome: " + wanted);
        }
    }

    private static boolean opens(Path file) {
        try {
            TorchPickle.open(file).close();
            return true;
        } catch (CheckpointException e) {
            return false;
        }
    }

    private static void assertRefusal(Path file) {
        assertThatThrownBy(() -> TorchPickle.open(file).close())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(file.getFileName().toString())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(700));
    }

    private static void accept(Path folder, Path file, JsonNode wanted) {
        try (var actual = TorchPickle.open(file)) {
            if (!wanted.has("expected")) {
                return;
            }
            try (var expected =
                    Safetensors.open(folder.resolve(wanted.get("expected").asText()))) {
                assertThat(actual.names()).isEqualTo(expected.names());
                for (var name : expected.names()) {
                    var a = actual.find(name).orElseThrow();
                    var e = expected.find(name).orElseThrow();
                    assertThat(a.type()).as(name).isEqualTo(e.type());
                    assertThat(a.shape()).as(name).isEqualTo(e.shape());
                    assertThat(a.data().mismatch(e.data())).as("%s bits", name).isEqualTo(-1);
                }
            }
        }
    }
}
