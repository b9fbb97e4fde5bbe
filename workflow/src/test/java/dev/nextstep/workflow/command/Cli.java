package dev.nextstep.workflow.command;

import dev.nextstep.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs the command in this JVM or in one of its own, for tests. */
final class Cli {
    /** The model that comes with the program. */
    static final Path MODEL = Path.of(System.getProperty("project.root"), "models", "emoji")
            .toAbsolutePath()
            .normalize();

    record Result(int code, String out, String err) {
        /** The last line of what was said. */
        String last() {
            return err.lines().reduce("", (before, line) -> line);
        }
    }

    private Cli() {}

    static Result run(Object... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Stream.of(args).map(String::valueOf).toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    /** Runs on the model that comes with the program. */
    static Result onModel(Object... args) {
        return run(Stream.concat(Stream.of(args), Stream.of("--model", MODEL)).toArray());
    }

    /** The command as a process of its own, on the model that comes with the program. */
    static List<String> command(Object... args) {
        var line = withoutModel(args);
        line.addAll(List.of("--model", MODEL.toString()));
        return line;
    }

    /** The same where the command line says no more than this. */
    static List<String> withoutModel(Object... args) {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of(
                "-XX:+UseSerialGC",
                // As the launcher has it: it lives for seconds only, and vector code is slow until it is compiled.
                "-XX:-UseOnStackReplacement",
                "-XX:CompileCommand=quiet",
                "-XX:CompileCommand=CompileThresholdScaling,dev.nextstep.kernel.*::*,0.05",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.nextstep.cli.Main"));
        Stream.of(args).map(String::valueOf).forEach(line::add);
        return line;
    }

    /** Starts it; what it says goes into log.txt in its folder. */
    static Process start(Path folder, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("log.txt").toFile()))
                .start();
    }
}
