package dev.nextstep.workflow.quality;

import dev.nextstep.DrawingListener;
import dev.nextstep.GenerateRequest;
import dev.nextstep.ImageTokens;
import dev.nextstep.NextStep;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.image.Pixels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * How well each measure tells sound pictures from pictures damaged on purpose, as the area under the ROC curve (0.5: not at all, 1:
 * always, below 0.5: it prefers damage). Not a test: run with the model, a file of prompts and a number of pictures.
 */
public final class ArtifactValidation {
    private static final Random RANDOM = new Random(1);

    private ArtifactValidation() {}

    /** Prints the table as Markdown. */
    public static void main(String[] arguments) throws Exception {
        var prompts = Files.readAllLines(Path.of(arguments[1]));
        int n = Integer.parseInt(arguments[2]);
        try (var model = NextStep.open(Path.of(arguments[0]))) {
            int side = model.parts().pixelsPerToken();
            var sound = new ArrayList<Pixels>();
            var tokens = new ArrayList<ImageTokens>();
            var overguided = new ArrayList<Pixels>();
            for (int i = 0; i < n; i++) {
                var request = GenerateRequest.builder(prompts.get(i % prompts.size()))
                        .seed(i)
                        .build();
                var picture = model.generate(request).pixels();
                sound.add(picture);
                tokens.add(model.encode(picture));
                var wild = GenerateRequest.builder(prompts.get(i % prompts.size()))
                        .seed(i)
                        .guidanceScale(60)
                        .build();
                overguided.add(model.generateAll(wild, DrawingListener.NONE, new Cancellation())
                        .getFirst()
                        .pixels());
            }
            var damaged = new LinkedHashMap<String, List<Pixels>>();
            damaged.put("guidance 60", overguided);
            damaged.put(
                    "latents with noise 0.5", latents(model, tokens, v -> v + (float) (0.5 * RANDOM.nextGaussian())));
            damaged.put("latents of twice the size", latents(model, tokens, v -> 2 * v));
            damaged.put("one token replaced by noise", map(tokens, t -> model.decode(oneNoisy(t))));
            damaged.put("pixel noise, deviation 15", map(sound, p -> noisy(p, 0, p.width(), 0, p.height(), 15)));
            damaged.put("pixel noise in one token, 50", map(sound, p -> {
                int x = RANDOM.nextInt(p.width() / side) * side;
                int y = RANDOM.nextInt(p.height() / side) * side;
                return noisy(p, x, x + side, y, y + side, 50);
            }));
            damaged.put("one token grey", map(sound, p -> grey(p, side)));
            damaged.put("tokens of other brightness, ± 15", map(sound, p -> uneven(p, side)));
            var measures = new LinkedHashMap<String, ToDoubleFunction<Pixels>>();
            measures.put("noise", p -> ArtifactScore.of(p, side).noise());
            measures.put("local noise", p -> ArtifactScore.of(p, side).localNoise());
            measures.put("grey patches", p -> ArtifactScore.of(p, side).greyPatches());
            measures.put("grid", p -> ArtifactScore.of(p, side).grid());
            measures.put("artifacts: worst", p -> ArtifactScore.of(p, side).worst());
            measures.put(
                    "published: 1 − overall", p -> 1 - PublishedQuality.of(p).overall());
            table(sound, damaged, measures);
        }
    }

    private static void table(
            List<Pixels> sound, Map<String, List<Pixels>> damaged, Map<String, ToDoubleFunction<Pixels>> measures) {
        System.out.println("| damage | " + String.join(" | ", measures.keySet()) + " |");
        System.out.println("|---" + "|---".repeat(measures.size()) + "|");
        damaged.forEach((name, pictures) -> {
            var row = new StringBuilder("| " + name);
            measures.values()
                    .forEach(m -> row.append(String.format(
                            Locale.ROOT,
                            " | %.2f",
                            area(
                                    sound.stream().mapToDouble(m).toArray(),
                                    pictures.stream().mapToDouble(m).toArray()))));
            System.out.println(row.append(" |"));
        });
        measures.forEach((name, m) -> System.out.printf(
                Locale.ROOT,
                "%s of sound pictures: median %.3f, 95 %% below %.3f%n",
                name,
                at(sound.stream().mapToDouble(m).sorted().toArray(), 0.5),
                at(sound.stream().mapToDouble(m).sorted().toArray(), 0.95)));
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))];
    }

    /** Chance that a damaged picture's value is above a sound one's. */
    static double area(double[] sound, double[] damaged) {
        double wins = 0;
        for (double d : damaged) {
            for (double s : sound) {
                wins += d > s ? 1 : d == s ? 0.5 : 0;
            }
        }
        return wins / sound.length / damaged.length;
    }

    private static <T> List<Pixels> map(List<T> from, java.util.function.Function<T, Pixels> how) {
        return from.stream().map(how).toList();
    }

    private static List<Pixels> latents(NextStep model, List<ImageTokens> all, UnaryOperator<Float> how) {
        return map(all, t -> {
            var values = t.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] = how.apply(values[i]);
            }
            return model.decode(new ImageTokens(t.rows(), t.columns(), values));
        });
    }

    private static ImageTokens oneNoisy(ImageTokens t) {
        var values = t.values().clone();
        int dim = values.length / (t.rows() * t.columns());
        int token = RANDOM.nextInt(t.rows() * t.columns());
        for (int i = token * dim; i < (token + 1) * dim; i++) {
            values[i] = (float) (2 * RANDOM.nextGaussian());
        }
        return new ImageTokens(t.rows(), t.columns(), values);
    }

    private static Pixels noisy(Pixels p, int fromX, int toX, int fromY, int toY, double deviation) {
        var rgb = p.toBytes();
        for (int y = fromY; y < toY; y++) {
            for (int x = fromX; x < toX; x++) {
                for (int c = 0; c < 3; c++) {
                    int i = 3 * (y * p.width() + x) + c;
                    rgb[i] = (byte) Math.clamp(Math.round((rgb[i] & 255) + deviation * RANDOM.nextGaussian()), 0, 255);
                }
            }
        }
        return Pixels.of(p.width(), p.height(), rgb);
    }

    private static Pixels grey(Pixels p, int side) {
        var rgb = p.toBytes();
        int column = RANDOM.nextInt(p.width() / side);
        int row = RANDOM.nextInt(p.height() / side);
        for (int y = row * side; y < (row + 1) * side; y++) {
            for (int x = column * side; x < (column + 1) * side; x++) {
                for (int c = 0; c < 3; c++) {
                    rgb[3 * (y * p.width() + x) + c] = (byte) (128 + RANDOM.nextInt(5) - 2);
                }
            }
        }
        return Pixels.of(p.width(), p.height(), rgb);
    }

    private static Pixels uneven(Pixels p, int side) {
        var rgb = p.toBytes();
        int columns = p.width() / side;
        var shift =
                RANDOM.doubles((long) columns * (p.height() / side), -15, 15).toArray();
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % p.width();
            int y = i / 3 / p.width();
            double by = shift[y / side * columns + x / side];
            rgb[i] = (byte) Math.clamp(Math.round((rgb[i] & 255) + by), 0, 255);
        }
        return Pixels.of(p.width(), p.height(), rgb);
    }
}
