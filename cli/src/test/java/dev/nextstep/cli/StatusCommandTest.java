package dev.nextstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short forms of {@code doctor}. */
class StatusCommandTest {
    private static final String MODEL =
            Path.of(System.getProperty("project.root"), "models", "emoji").toString();

    @TempDir
    Path folder;

    private record Result(int code, String out, String err) {}

    private static Result run(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new Result(code, out.toString(), err.toString());
    }

    @Test
    void statusSaysWhatIsHereWithoutDrawing() {
        var result = run("status", "--model", MODEL);
        assertThat(result.code()).as(result.out()).isZero();
        assertThat(result.out())
                .contains("Java", "vectors", "memory", "disk", "opens", "engines", "cpu (Java on the processor)")
                .doesNotContain("self-test");
    }

    @Test
    void statusTellsOfGpusWithoutLoadingAnything() throws IOException {
        assertThat(run("status", "--model", MODEL).out())
                .containsPattern("GPU +(none seen|[0-9]+ with a driver of NVIDIA's)")
                .contains("engine torch is not here");
        assertThat(run("status", "--engine", "cpu", "--model", MODEL).out())
                .containsPattern("engine cpu +computes on the processor")
                .doesNotContain("GPU");
        assertThat(MachineCheck.devices(folder.resolve("none"))).isZero();
        Files.createDirectory(folder.resolve("0000:01:00.0"));
        assertThat(MachineCheck.devices(folder)).isEqualTo(1);
    }

    @Test
    void statusFindsAMissingModel() {
        var result = run("status", "--model", "/nowhere/at/all");
        assertThat(result.code()).isNotZero();
    }

    @Test
    void testDrawsAndCompares() {
        var result = run("test", "--json", "--model", MODEL);
        assertThat(result.code()).as(result.out()).isZero();
        assertThat(result.out()).contains("self-test", "largest difference").doesNotContain("processors");
    }

    @Test
    void otherArithmeticIsNotCompared() {
        var result = run("test", "--low-memory", "--model", MODEL);
        assertThat(result.code()).as(result.out()).isZero();
        assertThat(result.out()).contains("not possible", "fp32");
        assertThat(result.err()).contains("low memory: keys and values in q8");
    }

    @Test
    void completionKnowsCommandsOfOtherBuildsAndShortNames() {
        var bash = run("completion", "bash", "--aliases");
        assertThat(bash.out())
                .contains(
                        "train",
                        "serve",
                        "alias nsg='nextstep generate'",
                        "complete -o default -F _nextstep_short_nsg nsg");
        var fish = run("completion", "fish", "--aliases");
        assertThat(fish.out()).contains("alias nsb 'nextstep batch'").contains("-a measure");
        assertThat(run("completion", "fish").out()).doesNotContain("alias nsb");
    }
}
