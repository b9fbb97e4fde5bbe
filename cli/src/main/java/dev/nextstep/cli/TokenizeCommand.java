package dev.nextstep.cli;

import dev.nextstep.cli.terminal.StandardStream;
import dev.nextstep.cli.terminal.Styles;
import dev.nextstep.cli.terminal.TerminalInfo;
import dev.nextstep.cli.terminal.VisibleText;
import dev.nextstep.prompt.SpecialTokenText;
import dev.nextstep.prompt.TextTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nextstep tokenize}: text to token ids and back. */
@Command(
        name = "tokenize",
        description = "Show the tokens of a text, or the text of tokens.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./nextstep tokenize \"a red heart\"",
            "  ./nextstep tokenize --special \"a red heart<|image_area|>4*4\"",
            "  ./nextstep tokenize --json --file captions.txt",
            "  ./nextstep tokenize --decode \"64 593 411\"",
        })
final class TokenizeCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    @Parameters(paramLabel = "TEXT", arity = "0..1", description = "The text; - for standard input.")
    private @Nullable String text;

    @Option(names = "--file", paramLabel = "FILE", description = "Read the text from a UTF-8 file.")
    private @Nullable Path file;

    @Option(
            names = "--decode",
            paramLabel = "IDS",
            description = "Print the text of ids, separated by spaces or commas.")
    private @Nullable String decode;

    @Option(
            names = "--special",
            description = "Text that is spelled like a special token is that token; otherwise it is just text.")
    private boolean special;

    @Option(names = "--json", description = "Print ids, pieces and texts as JSON.")
    private boolean json;

    @Mixin
    private final ModelArguments model = new ModelArguments();

    @Override
    public Integer call() throws IOException {
        int given = (text == null ? 0 : 1) + (file == null ? 0 : 1) + (decode == null ? 0 : 1);
        if (given != 1) {
            throw new ParameterException(spec.commandLine(), "give one of TEXT, --file and --decode");
        }
        var tokenizer = TextTokenizer.read(model.directory());
        if (decode != null) {
            decode(tokenizer, decode);
        } else {
            String source = file != null
                    ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    : StandardInput.orGiven(text == null ? "" : text);
            encode(tokenizer, source);
        }
        return ExitCode.OK.number();
    }

    private void decode(TextTokenizer tokenizer, String list) {
        var ids = Arrays.stream(list.strip().split("[\\s,]+"))
                .filter(s -> !s.isEmpty())
                .mapToInt(s -> id(tokenizer, s))
                .toArray();
        String decoded = tokenizer.decode(ids);
        var out = spec.commandLine().getOut();
        if (json) {
            var members = new LinkedHashMap<String, Object>();
            members.put("ids", Arrays.stream(ids).boxed().toList());
            members.put("text", decoded);
            JsonReport.print(out, members);
        } else {
            out.println(decoded);
        }
    }

    private int id(TextTokenizer tokenizer, String number) {
        try {
            int id = Integer.parseInt(number);
            if (tokenizer.token(id).isPresent()) {
                return id;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number that is no id.
        }
        throw new ParameterException(
                spec.commandLine(), "'%s' is not the id of one of the %d tokens".formatted(number, tokenizer.size()));
    }

    private void encode(TextTokenizer tokenizer, String source) {
        int[] ids = tokenizer.encode(source, special ? SpecialTokenText.AS_TOKENS : SpecialTokenText.AS_TEXT);
        var out = spec.commandLine().getOut();
        if (json) {
            var tokens = new ArrayList<Map<String, Object>>();
            for (int id : ids) {
                var token = new LinkedHashMap<String, Object>();
                token.put("id", id);
                token.put("piece", tokenizer.token(id).orElse(""));
                token.put("text", tokenizer.decode(id));
                token.put("special", tokenizer.isSpecial(id));
                tokens.add(token);
            }
            var members = new LinkedHashMap<String, Object>();
            members.put("count", ids.length);
            members.put("tokens", tokens);
            JsonReport.print(out, members);
            return;
        }
        int width = Math.max(2, String.valueOf(tokenizer.size()).length());
        var styles = Styles.of(TerminalInfo.detect(), StandardStream.OUT);
        for (int id : ids) {
            out.println(("%" + width + "d  %s").formatted(id, shown(tokenizer, id, styles)));
        }
        out.println("%d tokens, %d characters".formatted(ids.length, source.codePointCount(0, source.length())));
    }

    private static String shown(TextTokenizer tokenizer, int id, Styles styles) {
        String piece = VisibleText.of(tokenizer.token(id).orElse(""));
        if (tokenizer.isSpecial(id)) {
            return styles.specialToken(piece) + "  special";
        }
        String decoded = tokenizer.decode(id);
        if (decoded.indexOf('\uFFFD') >= 0) { // part of a character: as the file spells its bytes
            return piece + "  part of a character";
        }
        return '"' + VisibleText.of(decoded) + '"';
    }
}
