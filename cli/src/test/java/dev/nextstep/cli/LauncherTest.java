package dev.nextstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The real {@code ./nextstep} as a process of its own, on the classes under test, so that nothing is built in here. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final Path LAUNCHER =
            Path.of(System.getProperty("project.root")).resolve("nextstep");
    private static final String JAVA = System.getProperty("java.home");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private record Result(int code, String out, String err) {}

    /** Runs with nothing in the environment but what is given. */
    private Result run(Path launcher, Map<String, String> environment, String... args)
            throws IOException, InterruptedException {
        return run(launcher, Path.of("/dev/null"), environment, args);
    }

    private Result run(Path launcher, Path input, Map<String, String> environment, String... args)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(launcher.toString());
        command.addAll(List.of(args));
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Result(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }

    private static Map<String, String> environment(String... more) {
        var environment = new TreeMap<String, String>();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("NEXTSTEP_CLASSPATH", System.getProperty("java.class.path"));
        environment.put("NEXTSTEP_JAVA_HOME", JAVA);
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    /** A folder that says it is a JDK of this version, with a {@code java} that fails if anybody runs it. */
    private Path fakeJdk(String name, String version, String modules) throws IOException {
        Path home = folder.resolve("jdks").resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("bin/java"), "#!/bin/sh\nexit 99\n");
        assertThat(home.resolve("bin/java").toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"%s\"\nMODULES=\"%s\"\n".formatted(version, modules));
        return home;
    }

    @Test
    void versionIsQuiet() throws Exception {
        var result = run(LAUNCHER, environment(), "--version");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("nextstep ").contains("-bit vectors");
        assertThat(result.code()).isZero();
    }

    @Test
    void runsThroughALinkFromElsewhere() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("ns"), LAUNCHER);
        assertThat(run(link, environment(), "--version").code()).isZero();
    }

    @Test
    void argumentsSurviveSpacesQuotesAndOtherAlphabetsInTheCLocale() throws Exception {
        String odd = "--ein rotes \"Herz\" $HOME * ♥ schön";
        var result = run(LAUNCHER, environment("LC_ALL", "C"), odd);
        assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.err()).hasLineCount(1).contains(odd);
    }

    @Test
    void tokenizesTextOfOtherAlphabetsFromAPipe() throws Exception {
        Path input = Files.writeString(folder.resolve("in.txt"), "a red ♥ heart");
        var result = run(LAUNCHER, input, environment("LC_ALL", "C"), "tokenize", "-", "--json");
        assertThat(result.code()).as(result.err()).isZero();
        var given = run(LAUNCHER, environment(), "tokenize", "a red ♥ heart", "--json");
        assertThat(result.out()).isEqualTo(given.out());
    }

    @Test
    void coloursAreOnlyWhereTheyAreWanted() throws Exception {
        String[] args = {"tokenize", "--special", "<|image_area|>"};
        assertThat(run(LAUNCHER, environment(), args).out()).doesNotContain("\033");
        var forced = run(LAUNCHER, environment("CLICOLOR_FORCE", "1", "TERM", "xterm-256color"), args);
        assertThat(forced.out()).contains("\033[", "<|image_area|>");
        var none = run(LAUNCHER, environment("NO_COLOR", "1", "TERM", "xterm-256color"), args);
        assertThat(none.out()).doesNotContain("\033");
    }

    @Test
    void chatsThroughAPipe() throws Exception {
        Path input = Files.writeString(folder.resolve("in.txt"), "a red heart\n/draw 16x16\n/draw 17x16\n");
        var result = run(LAUNCHER, input, environment(), "chat", "--seed", "1");
        assertThat(result.out()).isEqualTo("chat-1.png: 16 x 16 pixels, seed 1\n");
        assertThat(result.err()).hasLineCount(1).contains("multiples of 16");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(folder.resolve("chat-1.png")).exists();
    }

    @Test
    void doctorIsQuietOnStandardErrorAndColourless() throws Exception {
        var result = run(LAUNCHER, environment("NO_COLOR", "1"), "doctor");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("ok       self-test").doesNotContain("\033");
        assertThat(result.code()).isZero();
    }

    @Test
    void extraFlagsReachTheJvm() throws Exception {
        var result = run(LAUNCHER, environment("NEXTSTEP_JAVA_OPTS", "-Xmx64m -XX:+PrintFlagsFinal"), "--version");
        assertThat(result.out()).containsPattern("MaxHeapSize\\s+= 67108864 ");
    }

    @Test
    void noJdkSaysWhatToInstall() throws Exception {
        var environment = environment("PATH", "", "NEXTSTEP_JDK_DIRS", "");
        environment.remove("NEXTSTEP_JAVA_HOME");
        var result = run(LAUNCHER, environment, "--version");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("needs a JDK 25", "found none", "Install", "JAVA_HOME");
    }

    @Test
    void oldJdksAndThoseWithoutVectorsAreNamed() throws Exception {
        Path old = fakeJdk("old", "21.0.4", "java.base jdk.incubator.vector");
        var environment = environment("PATH", "", "JAVA_HOME", old.toString(), "NEXTSTEP_JDK_DIRS", "");
        environment.remove("NEXTSTEP_JAVA_HOME");
        assertThat(run(LAUNCHER, environment, "--version").err()).contains(old + " is Java 21.0.4");

        Path bare = fakeJdk("bare", "25.0.1", "java.base java.desktop");
        environment.put("JAVA_HOME", bare.toString());
        assertThat(run(LAUNCHER, environment, "--version").err()).contains(bare + " is Java 25.0.1 without the module");
    }

    @Test
    void anExplicitJdkIsNotReplaced() throws Exception {
        Path old = fakeJdk("old", "17.0.9", "java.base");
        var result = run(LAUNCHER, environment("NEXTSTEP_JAVA_HOME", old.toString()), "--version");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("NEXTSTEP_JAVA_HOME", "17.0.9");
    }

    @Test
    void searchPassesOverOldJdks() throws Exception {
        fakeJdk("a-old", "9", "java.base jdk.incubator.vector");
        Files.createSymbolicLink(folder.resolve("jdks/b-good"), Path.of(JAVA));
        var environment = environment(
                "JAVA_HOME",
                folder.resolve("nowhere").toString(),
                "PATH",
                "",
                "NEXTSTEP_JDK_DIRS",
                folder.resolve("jdks").toString());
        environment.remove("NEXTSTEP_JAVA_HOME");
        assertThat(run(LAUNCHER, environment, "--java-home").out().strip())
                .isEqualTo(folder.resolve("jdks/b-good").toString());
    }
}
