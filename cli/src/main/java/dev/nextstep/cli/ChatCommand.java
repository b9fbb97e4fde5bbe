package dev.nextstep.cli;

import dev.nextstep.NextStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nextstep chat}: a conversation of text and pictures. */
@Command(
        name = "chat",
        description = {
            "A conversation of text and pictures: what you type is said to the model; lines that begin with "
                    + "/ are commands.",
            "Pictures go to numbered files. When standard input is not a terminal, lines are taken from it "
                    + "without a prompt, and the exit code is that of the first command that failed."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Commands: " + ChatSession.COMMANDS,
            "",
            "Examples:",
            "  ./nextstep chat",
            "  printf 'a red heart\\n/draw\\n' | ./nextstep chat --seed 7",
        })
final class ChatCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of pictures and texts. Random if not given.")
    private @Nullable Long seed;

    @Option(
            names = "--guidance",
            paramLabel = "SCALE",
            description = "How closely pictures follow the words, 1 for none.")
    private @Nullable Float guidance;

    @Option(names = "--out-dir", paramLabel = "DIR", description = "Where pictures go (default: the current folder).")
    private Path folder = Path.of("");

    @Mixin
    private final WritingArguments writing = new WritingArguments();

    @Mixin
    private final ModelArguments model = new ModelArguments();

    @Mixin
    private final EngineArguments engine = new EngineArguments();

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder.toAbsolutePath())) {
            throw new NotDirectoryException(folder.toString());
        }
        var prompt = isTerminal() ? ChatSession.Prompt.SHOWN : ChatSession.Prompt.NONE;
        long chosen = seed != null ? seed : ThreadLocalRandom.current().nextLong(1L << 32);
        try (var opened = NextStep.open(model.directory(), engine.on(model.options()))) {
            var session = new ChatSession(
                    opened,
                    writing,
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr(),
                    folder,
                    chosen);
            session.guidance(guidance);
            var hook = new Thread(session::stop, "cancel-at-exit");
            Runtime.getRuntime().addShutdownHook(hook);
            int code = session.run(StandardInput.reader(), prompt).number();
            if (code != ExitCode.CANCELLED.number()) {
                Runtime.getRuntime().removeShutdownHook(hook);
            }
            return code;
        }
    }

    @SuppressWarnings("SystemConsoleNull") // null without a terminal again since JDK 25, whatever it was in 22 to 24
    private static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }
}
