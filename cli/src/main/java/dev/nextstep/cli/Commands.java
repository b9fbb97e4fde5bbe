package dev.nextstep.cli;

import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/**
 * The commands by name. Reading the annotations of a command takes the JVM several milliseconds, so only those commands are
 * made that a command line can need.
 */
final class Commands {
    private static final List<String> NAMES = List.of(
            "generate",
            "edit",
            "resume",
            "pull",
            "reconstruct",
            "write",
            "chat",
            "tokenize",
            "inspect",
            "convert",
            "quantize",
            "doctor",
            "status",
            "test",
            "bench",
            "completion",
            "help");
    private static final List<String> WITHOUT_COMMAND = List.of("--version", "-V", "--debug");

    private Commands() {}

    /** Adds all commands, in the order in which help shows them. */
    static void addAll(CommandLine root) {
        NAMES.forEach(name -> root.addSubcommand(command(name)));
        modules().forEach(module -> module.names().forEach(name -> root.addSubcommand(module.command(name))));
    }

    /** The modules that are here; looking for them takes a moment, so that is done only when one is needed. */
    static List<CommandModule> modules() {
        return ServiceLoader.load(CommandModule.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** Adds the command that these arguments name, or none if they need none, or all if that cannot be told. */
    static void addNeeded(CommandLine root, String... args) {
        var first = Arrays.stream(args).filter(a -> !a.startsWith("-")).findFirst();
        if (first.isPresent() && NAMES.contains(first.get()) && !first.get().equals("help")) {
            root.addSubcommand(command(first.get()));
        } else if (first.isPresent() && addFromModule(root, first.get())) {
            return;
        } else if (args.length == 0 || !Arrays.stream(args).allMatch(WITHOUT_COMMAND::contains)) {
            addAll(root);
        }
    }

    private static boolean addFromModule(CommandLine root, String name) {
        for (var module : modules()) {
            if (module.names().contains(name)) {
                root.addSubcommand(module.command(name));
                return true;
            }
        }
        return false;
    }

    private static Object command(String name) {
        return switch (name) {
            case "generate" -> new GenerateCommand();
            case "edit" -> new EditCommand();
            case "resume" -> new ResumeCommand();
            case "pull" -> new PullCommand();
            case "reconstruct" -> new ReconstructCommand();
            case "write" -> new WriteCommand();
            case "chat" -> new ChatCommand();
            case "tokenize" -> new TokenizeCommand();
            case "inspect" -> new InspectCommand();
            case "convert" -> new ConvertCommand();
            case "quantize" -> new QuantizeCommand();
            case "doctor" -> new DoctorCommand();
            case "status" -> new StatusCommand();
            case "test" -> new TestCommand();
            case "bench" -> new BenchCommand();
            case "completion" -> new CompletionCommand();
            case "help" -> new HelpCommand();
            default -> throw new IllegalArgumentException(name);
        };
    }
}
