package dev.nextstep.workflow.batch;

import dev.nextstep.DrawingSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a batch will take.
 *
 * @param pictures how many
 * @param seconds of drawing each once, without tries for quality
 * @param bytes that the files take at most, as if no picture could be compressed
 */
public record BatchEstimate(int pictures, double seconds, long bytes) {
    /** Kinds of pictures whose time is predicted; others by the number of evaluations of the flow head. */
    private static final int PREDICTED = 3;

    private static final long METADATA = 65_536;
    private static final int PIXELS_PER_TOKEN = 256;

    /**
     * Estimates.
     *
     * @param pictures what is to be drawn
     * @param model that draws
     * @param prediction seconds of one picture with such settings
     */
    public static BatchEstimate of(
            List<PlannedPicture> pictures, BatchModel model, ToDoubleFunction<DrawingSettings> prediction) {
        var perWork = new HashMap<Kind, Double>();
        double seconds = 0;
        for (var picture : pictures) {
            var settings = picture.request().options().resolve(model.defaults());
            seconds += secondsOf(Kind.of(settings), settings, perWork, prediction);
        }
        return new BatchEstimate(pictures.size(), seconds, bytes(pictures, model));
    }

    /** Bytes that files of these pictures take at most. */
    public static long bytes(List<PlannedPicture> pictures, BatchModel model) {
        return pictures.stream()
                .mapToLong(picture -> {
                    var settings = picture.request().options().resolve(model.defaults());
                    long pixels = 3L * settings.width() * settings.height();
                    return picture.formats().size() * pixels + METADATA;
                })
                .sum();
    }

    private record Kind(int width, int height, int steps, boolean guided) {
        static Kind of(DrawingSettings s) {
            return new Kind(s.width(), s.height(), s.steps(), s.guidanceScale() > 1);
        }

        double work() {
            return (double) width * height / PIXELS_PER_TOKEN * (1 + steps) * (guided ? 2 : 1);
        }
    }

    private static double secondsOf(
            Kind kind,
            DrawingSettings settings,
            Map<Kind, Double> known,
            ToDoubleFunction<DrawingSettings> prediction) {
        if (!known.containsKey(kind)) {
            double value = known.size() < PREDICTED
                    ? prediction.applyAsDouble(settings)
                    : known.entrySet().stream()
                            .mapToDouble(e -> e.getValue() / e.getKey().work() * kind.work())
                            .max()
                            .orElse(0);
            known.put(kind, value);
        }
        return known.getOrDefault(kind, 0.0);
    }
}
