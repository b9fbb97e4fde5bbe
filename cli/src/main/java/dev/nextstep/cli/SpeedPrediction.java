package dev.nextstep.cli;

import dev.nextstep.DrawingSettings;
import dev.nextstep.NextStep;
import dev.nextstep.kernel.Linear;
import dev.nextstep.tensor.Tensor;
import dev.nextstep.vae.Planes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * How long a picture takes on this machine, from short runs of the kernels over the model's own matrices and the
 * arithmetic of the loop. Attention, norms and the rest are not in it, so reality is somewhat slower; a matrix that has to
 * come from disk is much slower.
 *
 * @param items what takes how long
 */
public record SpeedPrediction(List<Item> items) {
    /** More of a part than this tells nothing new about the speed of memory. */
    private static final long ENOUGH_BYTES = 128L << 20;

    /** Rows of the prompt in one product: a short prompt and the size prefix, for both guidance rows. */
    private static final int PROMPT_POSITIONS = 32;

    /** Largest side of the picture that is decoded to measure. */
    private static final int DECODED_SIDE = 128;

    /**
     * One item.
     *
     * @param name what it is
     * @param arithmetic how often, how much, how fast
     * @param seconds the product
     */
    public record Item(String name, String arithmetic, double seconds) {}

    /** Copies the list. */
    public SpeedPrediction {
        items = List.copyOf(items);
    }

    /** All items together. */
    public double seconds() {
        return items.stream().mapToDouble(Item::seconds).sum();
    }

    /** Predicts one picture with these settings. */
    public static SpeedPrediction of(NextStep model, DrawingSettings settings) {
        return new Measurement(model, settings).run();
    }

    private static final class Measurement {
        private final NextStep model;
        private final DrawingSettings settings;
        private final List<Item> items = new ArrayList<>();

        Measurement(NextStep model, DrawingSettings settings) {
            this.model = model;
            this.settings = settings;
        }

        SpeedPrediction run() {
            int side = model.parts().pixelsPerToken();
            int tokens = Math.max(1, settings.height() / side) * Math.max(1, settings.width() / side);
            int rows = settings.guidanceScale() > 1 ? 2 : 1;
            int evaluations = settings.sampler()
                    .grid(settings.steps(), settings.timestepShift())
                    .evaluations()
                    .length;
            var layers = matrices(name -> name.startsWith("layers.") || name.startsWith("image_out_projector."));
            product("reading the prompt", layers, PROMPT_POSITIONS, 1);
            stream("transformer steps", layers, rows, Math.max(0, tokens - 1));
            var modulation = matrices(n -> n.startsWith("image_head.") && n.contains("adaLN_modulation"));
            product("modulations of the flow head", modulation, evaluations * rows, tokens);
            var head = matrices(n -> n.startsWith("image_head.")
                    && !n.contains("adaLN_modulation")
                    && !n.contains("time_embed")
                    && !n.contains("cond_embed"));
            stream("evaluations of the flow head", head, rows, (long) tokens * evaluations);
            decoding();
            return new SpeedPrediction(items);
        }

        private List<Tensor> matrices(Predicate<String> belongs) {
            var tensors = model.parts().directory().tensors();
            return tensors.names().stream()
                    .filter(belongs)
                    .flatMap(n -> tensors.find(n).stream())
                    .filter(t -> t.rank() == 2)
                    .toList();
        }

        // Enough matrices to measure with, and how many times as much all of them are.
        private record Sample(List<Linear> layers, double parameters, double scale) {}

        private static long elements(List<Tensor> tensors) {
            return tensors.stream().mapToLong(Tensor::elements).sum();
        }

        private static Sample sample(List<Tensor> matrices, long enoughBytes) {
            var some = new ArrayList<Tensor>();
            long bytes = 0;
            for (var matrix : matrices) {
                if (bytes >= enoughBytes) {
                    break;
                }
                some.add(matrix);
                bytes += matrix.data().byteSize();
            }
            double parameters = elements(some);
            return new Sample(some.stream().map(Linear::of).toList(), parameters, elements(matrices) / parameters);
        }

        // Few rows: the weights pass by once, and that is what takes the time.
        private void stream(String name, List<Tensor> matrices, int rows, long times) {
            if (matrices.isEmpty() || times == 0) {
                return;
            }
            var sample = sample(matrices, ENOUGH_BYTES);
            double once = MicroRun.seconds(model.parts().cpu().team(), sample.layers, rows) * sample.scale;
            long bytes = matrices.stream().mapToLong(t -> t.data().byteSize()).sum();
            String arithmetic = String.format(
                    Locale.ROOT,
                    "%d x %s at %s/s, %d row%s",
                    times,
                    Amounts.bytes(bytes),
                    Amounts.bytes((long) (bytes / once)),
                    rows,
                    rows == 1 ? "" : "s");
            items.add(new Item(name, arithmetic, once * times));
        }

        // Many rows: arithmetic is what takes the time.
        private void product(String name, List<Tensor> matrices, int rows, int times) {
            if (matrices.isEmpty()) {
                return;
            }
            var sample = sample(matrices, ENOUGH_BYTES / 8);
            double once = MicroRun.seconds(model.parts().cpu().team(), sample.layers, rows) * sample.scale;
            double flop = 2.0 * rows * elements(matrices);
            String arithmetic = String.format(
                    Locale.ROOT,
                    "%d x %s at %s, %d rows",
                    times,
                    giga(flop, "FLOP"),
                    giga(flop / once, "FLOP/s"),
                    rows);
            items.add(new Item(name, arithmetic, once * times));
        }

        private void decoding() {
            var tokenizer = model.parts().cpu().imageTokenizer();
            int side = model.parts().pixelsPerToken();
            int width = Math.min(settings.width(), DECODED_SIDE) / side * side;
            int height = Math.min(settings.height(), DECODED_SIDE) / side * side;
            int factor = tokenizer.config().downsampling();
            int channels = tokenizer.config().latentChannels();
            int h = Math.max(side, height) / factor;
            int w = Math.max(side, width) / factor;
            var latent = new Planes(channels, h, w, MicroRun.values(channels * h * w));
            double once = MicroRun.seconds(() -> tokenizer.decode(latent));
            double rate = 2 * tokenizer.decodeWork(h * factor, w * factor) / once;
            double flop = 2 * tokenizer.decodeWork(settings.height(), settings.width());
            items.add(new Item(
                    "decoding %d x %d pixels".formatted(settings.width(), settings.height()),
                    "%s at %s".formatted(giga(flop, "FLOP"), giga(rate, "FLOP/s")),
                    flop / rate));
        }

        private static String giga(double amount, String unit) {
            return String.format(Locale.ROOT, amount < 1e8 ? "%.4f G%s" : "%.1f G%s", amount / 1e9, unit);
        }
    }
}
