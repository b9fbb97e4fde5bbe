package dev.nextstep.workflow.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs the commands of {@code docs/workflows.md} as they stand there, through the real launcher, in one folder. */
@DisabledOnOs(OS.WINDOWS)
class WorkflowsDocumentTest {
    private static final Path ROOT =
            Path.of(System.getProperty("project.root")).toAbsolutePath().normalize();

    @TempDir
    Path folder;

    @Test
    void everyCommandWorks() throws IOException, InterruptedException {
        var commands = commands();
        assertThat(commands).hasSizeGreaterThan(10);
        for (var command : commands) {
            run(command);
        }
        for (var file : List.of(
                "marketing.zip",
                "marketing/report.html",
                "pictures/index.html",
                "good/manifest.json",
                "education/package.json",
                "tree/report.html")) {
            assertThat(folder.resolve(file)).isNotEmptyFile();
        }
    }

    /** Lines of shell blocks. */
    private static List<String> commands() throws IOException {
        var lines = Files.readAllLines(ROOT.resolve("docs/workflows.md"), UTF_8);
        return lines.stream()
                .filter(line -> line.startsWith("./nextstep ") || line.startsWith("printf "))
                .toList();
    }

    private void run(String command) throws IOException, InterruptedException {
        var output = folder.resolve(".output");
        var builder = new ProcessBuilder("/bin/sh", "-c", command.replaceFirst("^\\./nextstep", "\"\\$LAUNCHER\""))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        var environment = builder.environment();
        environment.put("LAUNCHER", ROOT.resolve("nextstep").toString());
        environment.put("NEXTSTEP_CLASSPATH", System.getProperty("java.class.path"));
        environment.put("NEXTSTEP_JAVA_HOME", System.getProperty("java.home"));
        environment.put("NEXTSTEP_CACHE", folder.resolve("cache").toString());
        environment.remove("NEXTSTEP_JAVA_OPTS");
        var process = builder.start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(240, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as("%s ends", command).isTrue();
        assertThat(process.exitValue())
                .as("exit code of %s, which said: %s", command, Files.readString(output, UTF_8))
                .isZero();
    }
}
