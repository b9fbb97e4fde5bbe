package dev.nextstep.cli;

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

/** Runs the commands of the README and the guide as they stand there, through the real launcher. */
@DisabledOnOs(OS.WINDOWS)
class GuideTest {
    private static final Path ROOT =
            Path.of(System.getProperty("project.root")).toAbsolutePath().normalize();

    @Test
    void everyCommandOfTheGuideWorks(@TempDir Path folder) throws IOException, InterruptedException {
        Files.createSymbolicLink(folder.resolve("models"), ROOT.resolve("models"));
        var commands = commands("docs/guide.md");
        assertThat(commands).hasSizeGreaterThan(10);
        for (var command : commands) {
            run(command, folder);
        }
        assertThat(folder.resolve("again.png")).hasSameBinaryContentAs(folder.resolve("heart.png"));
        for (var name : List.of(
                "another.png",
                "longer.png",
                "other-cat.png",
                "star.webp",
                "blue.png",
                "kept.png",
                "compared.png",
                "apple.png")) {
            assertThat(folder.resolve(name)).isNotEmptyFile();
        }
    }

    @Test
    void everyCommandOfTheReadmeWorks(@TempDir Path folder) throws IOException, InterruptedException {
        var commands = commands("README.md");
        assertThat(commands).isNotEmpty();
        for (var command : commands) {
            run(command, folder);
        }
        assertThat(folder.resolve("nextstep.png")).isNotEmptyFile();
    }

    /** Lines of shell blocks that start the launcher. */
    private static List<String> commands(String document) throws IOException {
        return Files.readAllLines(ROOT.resolve(document), UTF_8).stream()
                .filter(line -> line.startsWith("./nextstep "))
                .toList();
    }

    private static void run(String command, Path folder) throws IOException, InterruptedException {
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
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as("%s ends", command).isTrue();
        assertThat(process.exitValue())
                .as("exit code of %s, which said: %s", command, Files.readString(output, UTF_8))
                .isZero();
    }
}
