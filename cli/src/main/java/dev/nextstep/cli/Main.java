package dev.nextstep.cli;

import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code nextstep}. Each of its commands is one class, named in {@link Commands}. */
@Command(
        name = "nextstep",
        description = "NextStep-1 for the JVM: pictures from text, token by token, on an ordinary processor.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  ./nextstep generate \"a red heart\"     a picture from words",
            "  ./nextstep inspect                    what is in the model that comes with the program",
            "  ./nextstep doctor                     whether everything is well on this machine",
            "  ./nextstep --version                  what runs here: version, Java, vector width",
            "  ./nextstep help COMMAND               what a command does and its options",
            "",
            "Built when they are first used: batch, workflow, quality, config and benchmark; data, train and "
                    + "measure (with libtorch); serve (with Spring).",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 bad or missing file or model, 4 out of memory, "
                    + "130 cancelled.",
        },
        usageHelpWidth = 100)
public final class Main implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Log what happens, and show the stack trace of an error.")
    private boolean debug;

    private Main() {}

    /** Runs the command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, System.out.charset());
        var err = new PrintWriter(System.err, true, System.err.charset());
        System.exit(run(out, err, args));
    }

    /**
     * Runs the command.
     *
     * @param out for results
     * @param err for errors and progress
     * @return the number of an {@link ExitCode}
     */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        var root = new CommandLine(new Main());
        Commands.addNeeded(root, args);
        return run(configured(root), out, err, args);
    }

    /** The same with a given set of commands: {@link #commandLine()}, to which tests add their own. */
    static int run(CommandLine commands, PrintWriter out, PrintWriter err, String... args) {
        Main main = commands.getCommand();
        commands.setOut(out).setErr(err);
        try {
            for (var arg : args) { // what Java makes of bytes that it cannot read
                if (arg.indexOf('\uFFFD') >= 0) {
                    throw new IllegalArgumentException(
                            "an argument has characters that are not UTF-8 (shown as \uFFFD): '%s'; write it in UTF-8"
                                    .formatted(arg.length() > 60 ? arg.substring(0, 60) + "…" : arg));
                }
            }
            VectorModule.load();
            int code = commands.execute(args);
            if (out.checkError() && code == ExitCode.OK.number()) { // writers swallow it: a full disk, a closed pipe
                return main.report(new IOException("cannot write to standard output"), err);
            }
            return code;
        } catch (Throwable e) { // picocli hands over exceptions; errors such as a full heap arrive here
            return main.report(e, err);
        }
    }

    /** The command with all of its commands. */
    static CommandLine commandLine() {
        var root = new CommandLine(new Main());
        Commands.addAll(root);
        return configured(root);
    }

    private static CommandLine configured(CommandLine root) {
        Main main = root.getCommand();
        return Numbers.register(root)
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> main.reportUsage(e))
                .setExecutionExceptionHandler((e, command, parsed) -> main.report(e, command.getErr()))
                .setExecutionStrategy(parsed -> {
                    if (main.debug) { // the logger reads it when the first class that logs is loaded
                        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "debug");
                    }
                    return new CommandLine.RunLast().execute(parsed);
                });
    }

    /** Without a command there is nothing to do: show what there is. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command?");
    }

    private int reportUsage(ParameterException thrown) {
        var command = thrown.getCommandLine();
        var hint = new StringBuilder(Failure.text(thrown));
        if (thrown instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            hint.append("; did you mean ")
                    .append(String.join(" or ", unmatched.getSuggestions()))
                    .append("?");
        }
        line(
                command.getErr(),
                "%s (see %s --help)".formatted(hint, command.getCommandSpec().qualifiedName()));
        return ExitCode.USAGE.number();
    }

    private int report(Throwable thrown, PrintWriter err) {
        var failure = Failure.of(thrown);
        line(err, failure.message());
        if (debug) {
            thrown.printStackTrace(err);
        }
        err.flush();
        return failure.code().number();
    }

    private static void line(PrintWriter err, String message) {
        err.println("nextstep: " + message);
        err.flush();
    }
}
