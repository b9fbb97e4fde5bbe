package dev.nextstep.cli;

import dev.nextstep.NextStep;
import dev.nextstep.TextRequest;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.WrittenText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep write}: text after a prompt. */
@Command(
        name = "write",
        description = "Let the model go on with a text.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The model that comes with the program knows captions of emoji and nothing else.",
            "",
            "Examples:",
            "  ./nextstep write --model DIR \"A caption of a picture of a cat:\" --max-tokens 64",
            "  ./nextstep write --model DIR --temperature 0.8 --top-p 0.95 --seed 7 - < prompt.txt",
        })
final class WriteCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "PROMPT", description = "The text to go on from; - for standard input.")
    private String prompt = "";

    @Mixin
    private final WritingArguments writing = new WritingArguments();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the choices, if the temperature is not 0.")
    private long seed;

    @Option(
            names = "--json",
            description = "Print text, token ids and the reason of the end as JSON, when all is written.")
    private boolean json;

    @Mixin
    private final ModelArguments model = new ModelArguments();

    @Mixin
    private final EngineArguments engine = new EngineArguments();

    @Override
    public Integer call() throws IOException {
        var request = writing.request(StandardInput.orGiven(prompt), seed);
        var cancellation = new Cancellation();
        try (var opened = NextStep.open(model.directory(), engine.on(model.options()));
                var _ = Interruption.handledBy(cancellation::cancel, () -> {})) {
            return write(opened, request, cancellation);
        }
    }

    private int write(NextStep opened, TextRequest request, Cancellation cancellation) {
        var out = spec.commandLine().getOut();
        try {
            var written = opened.write(
                    request,
                    piece -> {
                        if (!json) {
                            out.print(piece);
                            out.flush();
                        }
                    },
                    cancellation);
            if (json) {
                var members = new LinkedHashMap<String, Object>();
                members.put("text", written.text());
                members.put("ids", written.ids());
                members.put("end", written.end().name().toLowerCase(Locale.ROOT));
                written.requested().ifPresent(grid -> members.put("requested_tokens", grid.text()));
                JsonReport.print(out, members);
                return ExitCode.OK.number();
            }
            out.println();
            if (written.end() == WrittenText.End.PICTURE) {
                note("the model asks for a picture%s here; 'nextstep chat' would draw it"
                        .formatted(written.requested()
                                .map(g -> " of %s tokens".formatted(g.text()))
                                .orElse("")));
            }
            return ExitCode.OK.number();
        } catch (CancellationException e) {
            if (!json) {
                out.println();
            }
            note("cancelled; the same command writes the same text again");
            return ExitCode.CANCELLED.number();
        }
    }

    private void note(String text) {
        var err = spec.commandLine().getErr();
        err.println("nextstep: " + text);
        err.flush();
    }
}
