package dev.nextstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nextstep.checkpoint.ModelDirectory;
import dev.nextstep.image.Pixels;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Runs the command in this JVM, for tests. */
final class Cli {
    /** The model that comes with the program. */
    static final Path MODEL = Path.of(System.getProperty("project.root"), "models", "emoji");

    record Result(int code, String out, String err) {}

    private Cli() {}

    static Result run(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new Result(code, out.toString(), err.toString());
    }

    /** Runs on the model that comes with the program. */
    static Result onModel(String... args) {
        return run(Stream.concat(Stream.of(args), Stream.of("--model", MODEL.toString()))
                .toArray(String[]::new));
    }

    /** The same with a standard input. */
    static Result withInput(String input, String... args) {
        return feeding(input, () -> onModel(args));
    }

    /** Runs something with a standard input. */
    static Result feeding(String input, Supplier<Result> running) {
        var before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
        try {
            return running.get();
        } finally {
            System.setIn(before);
        }
    }

    /** How long a text the model that comes with the program was made for. */
    static int maxPositions() {
        try (var model = ModelDirectory.open(MODEL)) {
            return model.config().maxPositions();
        }
    }

    /** A picture with soft colours. */
    static Pixels picture(int width, int height) {
        var rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = 3 * (y * width + x);
                rgb[at] = (byte) (255 * x / width);
                rgb[at + 1] = (byte) (255 * y / height);
                rgb[at + 2] = (byte) (128 + 100 * Math.sin(x * 0.2 + y * 0.1));
            }
        }
        return Pixels.of(width, height, rgb);
    }
}
