package dev.nextstep.cli;

import dev.nextstep.Chat;
import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.Picture;
import dev.nextstep.cli.terminal.PictureDisplay;
import dev.nextstep.cli.terminal.StandardStream;
import dev.nextstep.cli.terminal.TerminalInfo;
import dev.nextstep.cli.terminal.TerminalOutput;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.WrittenText;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** One conversation at the terminal: reads lines, does what they say, and goes on after errors. */
final class ChatSession {
    /** One line about all commands. */
    static final String COMMANDS =
            "/draw [WxH], /write [N], /image FILE, /save FILE, /seed N, /guidance X, /new, /help, /quit";

    private static final String HELP = """
            A line is said to the model as it is. A line that begins with / is a command (// for a text that begins with /):
              /draw [WxH]    draw a picture here
              /write [N]     let the model go on in words, at most N tokens
              /image FILE    show a picture to the model
              /save FILE     the last picture, if the name ends like one; otherwise the conversation as Markdown
              /seed N        seed of the pictures and texts that follow
              /guidance X    how closely pictures follow the words, 1 for none
              /new           begin a new conversation
              /help          this
              /quit          the end, as is the end of the input""";

    /** Whether the user is asked for each line. */
    enum Prompt {
        SHOWN,
        NONE
    }

    private enum Next {
        GO_ON,
        QUIT
    }

    private final NextStep model;
    private Chat chat;
    private final WritingArguments writing;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Path folder;
    private final PictureDisplay display;
    private final StringBuilder transcript = new StringBuilder();
    private long seed;
    private int texts;
    private @Nullable Float guidance;
    private @Nullable Picture last;
    private boolean inText;
    private final Cancellation cancellation = new Cancellation();
    private final ReentrantLock working = new ReentrantLock();
    private final List<Path> drawn = new ArrayList<>();

    ChatSession(NextStep model, WritingArguments writing, PrintWriter out, PrintWriter err, Path folder, long seed) {
        this.model = model;
        this.chat = model.chat();
        this.writing = writing;
        this.out = out;
        this.err = err;
        this.folder = folder;
        this.display = PictureDisplay.of(TerminalInfo.detect(), StandardStream.ERR, TerminalOutput.of(err));
        this.seed = seed;
    }

    void guidance(@Nullable Float scale) {
        guidance = scale;
    }

    /** Reads to the end of the input or {@code /quit}. */
    ExitCode run(BufferedReader input, Prompt prompt) throws IOException {
        if (prompt == Prompt.SHOWN) {
            out.println("seed %d; /help for help, /quit for the end".formatted(seed));
        }
        var code = ExitCode.OK;
        var next = Next.GO_ON;
        while (next == Next.GO_ON) {
            if (prompt == Prompt.SHOWN) {
                out.print("> ");
                out.flush();
            }
            String line = input.readLine();
            if (line == null) {
                if (prompt == Prompt.SHOWN) {
                    out.println();
                }
                break;
            }
            working.lock();
            try {
                next = line(line);
            } catch (CancellationException e) {
                return ExitCode.CANCELLED; // stop() says the rest
            } catch (IOException | RuntimeException | OutOfMemoryError e) { // one line failed, not the conversation
                var failure = Failure.of(e);
                err.println("nextstep: " + failure.message());
                err.flush();
                code = code == ExitCode.OK ? failure.code() : code;
            } finally {
                working.unlock();
            }
            out.flush();
        }
        return prompt == Prompt.SHOWN ? ExitCode.OK : code;
    }

    /** On Ctrl-C: ends what is being done, within one token, so that files are whole, and says what there is. */
    void stop() {
        cancellation.cancel();
        try {
            boolean idle = working.tryLock(20, TimeUnit.SECONDS); // never given back: this is the end
            out.println();
            out.flush();
            var pictures = drawn.stream().map(Path::toString).collect(Collectors.joining(", "));
            err.println("nextstep: %s%s; a conversation cannot be taken up again"
                    .formatted(
                            idle ? "cancelled" : "ends before it has come to a stop",
                            drawn.isEmpty() ? "" : "; drawn: " + pictures));
            err.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Next line(String line) throws IOException {
        if (line.isBlank()) {
            return Next.GO_ON;
        }
        if (!line.startsWith("/") || line.startsWith("//")) {
            say(line.startsWith("//") ? line.substring(1) : line);
            return Next.GO_ON;
        }
        String[] words = line.strip().split("\\s+", 2);
        String rest = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "/draw" -> drawCommand(rest);
            case "/write" -> write(rest);
            case "/image" -> image(rest);
            case "/save" -> save(rest);
            case "/seed" -> {
                seed = number(rest, "/seed", "7");
                texts = 0;
            }
            case "/guidance" -> guidance = scale(rest);
            case "/new" -> {
                chat = model.chat();
                texts = 0;
                inText = false;
                transcript.append("---\n\n");
            }
            case "/help" -> out.println(HELP);
            case "/quit", "/exit" -> {
                return Next.QUIT;
            }
            default ->
                throw new IllegalArgumentException(
                        "there is no command %s; there are %s".formatted(words[0], COMMANDS));
        }
        return Next.GO_ON;
    }

    // Lines that follow each other are lines of one text; a picture needs no line break around it.
    private void say(String text) {
        chat.say(inText ? "\n" + text : text);
        inText = true;
        transcript.append(text).append("\n\n");
    }

    private void drawCommand(String size) {
        var builder = GenerateRequest.builder("");
        if (!size.isBlank()) {
            try {
                var wanted = new DrawingArguments.SizeConverter().convert(size);
                builder.size(wanted.width(), wanted.height());
            } catch (TypeConversionException e) {
                throw new IllegalArgumentException(Failure.text(e), e);
            }
        }
        draw(builder);
    }

    private void draw(GenerateRequest.Builder builder) {
        if (guidance != null) {
            builder.guidanceScale(guidance);
        }
        var request = builder.seed(seed).build();
        model.memory(request).require();
        var picture = chat.draw(request, cancellation);
        inText = false;
        last = picture;
        display.show(picture.pixels());
        display.settle();
        var file = freeName();
        picture.write(file);
        drawn.add(file);
        transcript.append("![](").append(file.getFileName()).append(")\n\n");
        out.println("%s: %d x %d pixels, seed %d"
                .formatted(file, picture.pixels().width(), picture.pixels().height(), seed));
    }

    private Path freeName() {
        int number = 1;
        while (Files.exists(folder.resolve("chat-%d.png".formatted(number)))) {
            number++;
        }
        return folder.resolve("chat-%d.png".formatted(number));
    }

    private void write(String limit) {
        long textSeed = seed + texts++;
        var request = limit.isBlank()
                ? writing.request("", textSeed)
                : writing.request("", textSeed, Math.clamp(number(limit, "/write", "50"), 0, Integer.MAX_VALUE));
        var written = chat.write(
                request,
                piece -> {
                    out.print(piece);
                    out.flush();
                },
                cancellation);
        out.println();
        if (!written.text().isEmpty()) {
            inText = true;
            transcript.append("> ").append(written.text().replace("\n", "\n> ")).append("\n\n");
        }
        if (written.end() == WrittenText.End.PICTURE) {
            drawRequested(written);
        }
    }

    private void drawRequested(WrittenText written) {
        var builder = GenerateRequest.builder("");
        int side = model.parts().pixelsPerToken();
        int most = model.parts().config().maxPositions();
        var grid = written.requested();
        if (grid.isPresent() && chat.length() + (long) grid.get().tokens() <= most) {
            builder.size(grid.get().columns() * side, grid.get().rows() * side);
        } else if (grid.isPresent()) {
            err.println(
                    "nextstep: the model asks for a picture of %s tokens, more than its %d positions; drawing the usual size"
                            .formatted(grid.get().text(), most));
            err.flush();
        }
        draw(builder);
    }

    private void image(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("/image needs the name of a picture, such as /image cat.png");
        }
        var file = Path.of(name.strip());
        var pixels = new PictureReader().read(file);
        chat.show(pixels);
        inText = false;
        transcript.append("![](").append(file).append(")\n\n");
        out.println("%s: shown, %d x %d pixels".formatted(file, pixels.width(), pixels.height()));
    }

    private void save(String name) throws IOException {
        if (name.isBlank()) {
            throw new IllegalArgumentException("/save needs a name, such as /save heart.png or /save chat.md");
        }
        var file = Path.of(name.strip());
        String lower = name.strip().toLowerCase(Locale.ROOT);
        boolean isPicture = Arrays.stream(PictureFormat.values()).anyMatch(f -> lower.endsWith("." + f.ending()))
                || lower.endsWith(".jpeg");
        if (!isPicture) {
            TextFile.write(file, transcript.toString());
        } else if (last == null) {
            throw new IllegalArgumentException("there is no picture yet; /draw draws one");
        } else {
            last.write(file);
        }
        out.println(file + ": saved");
    }

    private static long number(String text, String command, String example) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s needs a whole number, such as %s %s, not '%s'".formatted(command, command, example, text), e);
        }
    }

    private static float scale(String text) {
        try {
            float scale = Float.parseFloat(text.strip());
            if (scale >= 1 && scale <= 1000) {
                return scale;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new IllegalArgumentException("/guidance needs a number from 1 to 1000, not '%s'".formatted(text));
    }
}
