package dev.nextstep.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

    @TempDir
    Path folder;

    @Test
    void keepsKindAndRecipe() {
        RunFolder.create(folder.resolve("run"), "tokenizer", "steps: 5\n");
        var opened = RunFolder.open(folder.resolve("run"));
        assertThat(opened.kind()).isEqualTo("tokenizer");
        assertThat(opened.recipe()).isEqualTo("steps: 5\n");
    }

    @Test
    void doesNotTakeAFolderWithSomethingInIt() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "mine");
        assertThatThrownBy(() -> RunFolder.create(folder, "tokenizer", ""))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("not empty");
        assertThatThrownBy(() -> RunFolder.open(folder)).hasMessageContaining("run.json");
    }

    @Test
    void oneProcessAtATime() {
        var run = RunFolder.create(folder.resolve("run"), "tokenizer", "");
        try (var _ = run.lock()) {
            assertThatThrownBy(() -> RunFolder.open(run.root()).lock())
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
        try (var again = run.lock()) {
            assertThat(again).isNotNull();
        }
    }

    @Test
    void progressIsThatOfTheEndThatComesFirst() {
        var stop = new StopConditions(OptionalLong.of(100), OptionalDouble.of(4), Optional.of(Duration.ofMinutes(10)));
        assertThat(stop.progress(new RunProgress(10, 1, Duration.ofMinutes(2)))).isEqualTo(0.25);
        assertThat(stop.progress(new RunProgress(10, 1, Duration.ofMinutes(5)))).isEqualTo(0.5);
        assertThat(stop.reached(new RunProgress(99, 3.9, Duration.ofMinutes(9))))
                .isEmpty();
        assertThat(stop.reached(new RunProgress(100, 0, Duration.ZERO))).contains(StopReason.STEPS);
        assertThat(stop.reached(new RunProgress(0, 4, Duration.ZERO))).contains(StopReason.EPOCHS);
        assertThat(stop.reached(new RunProgress(0, 0, Duration.ofMinutes(10)))).contains(StopReason.TIME);
        assertThatThrownBy(() -> new StopConditions(OptionalLong.empty(), OptionalDouble.empty(), Optional.empty()))
                .hasMessageContaining("needs an end");
        assertThatThrownBy(() -> StopConditions.steps(0)).hasMessageContaining("more than 0");
    }
}
