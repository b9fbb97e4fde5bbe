package dev.nextstep.bench;

import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.Picture;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.GuidanceLayout;
import dev.nextstep.prompt.PromptBuilder;
import dev.nextstep.prompt.PromptRequest;
import dev.nextstep.transformer.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a reference model computes for some prompts, and how far another one with the same weights in another format is from
 * it.
 *
 * <ul>
 *   <li>hidden states: both models read the prompt and the reference's image tokens; root mean square of the difference at
 *       the places of the image tokens, relative to that of the reference's states.
 *   <li>first latent and latents: of the pictures that each model draws by itself with the same seed, relative likewise.
 *       After the first token the two go different ways, so small differences grow.
 *   <li>PSNR and SSIM of those pictures, and how many show the prompted glyph, if that is known.
 * </ul>
 */
final class FormatComparison {
    static final String HEADER = """
            | weights | MB | ms a picture | hidden states | first latent | all latents | %s |
            |---|---|---|---|---|---|%s""".formatted(PictureComparison.HEADER, PictureComparison.RULE);

    private final List<Case> cases;
    private final double milliseconds;
    private final Optional<Recall> recall;

    private record Case(String caption, float[] hidden, Picture picture) {}

    private FormatComparison(List<Case> cases, double milliseconds, Optional<Recall> recall) {
        this.cases = cases;
        this.milliseconds = milliseconds;
        this.recall = recall;
    }

    /** Draws all prompts with the reference. */
    static FormatComparison with(NextStep reference, PromptArguments.Prompts prompts) {
        var captions = prompts.captions();
        warm(reference, captions);
        var times = new ArrayList<Double>();
        var cases = new ArrayList<Case>();
        for (var caption : captions) {
            var picture = draw(reference, caption, times);
            cases.add(new Case(caption, hidden(reference, caption, picture.tokens()), picture));
        }
        return new FormatComparison(cases, Quartiles.of(times).median(), prompts.recall());
    }

    private static void warm(NextStep model, List<String> captions) {
        for (int i = 0; i < captions.size(); i++) {
            model.generate(SmallWeights.request(captions.get(i)));
        }
    }

    private static Picture draw(NextStep model, String caption, List<Double> times) {
        long began = System.nanoTime();
        var picture = model.generate(SmallWeights.request(caption));
        times.add((System.nanoTime() - began) / 1e6);
        return picture;
    }

    /** The row of the reference itself. */
    String referenceRow(long bytes) {
        var comparison = new PictureComparison(recall);
        cases.forEach(each -> comparison.add(each.picture.pixels(), each.picture.pixels()));
        return String.format(
                Locale.ROOT,
                "| as they are | %.1f | %.1f | | | | %s",
                bytes / 1e6,
                milliseconds,
                comparison.usualColumns());
    }

    /** The row of another model. */
    String row(String name, long bytes, NextStep model) {
        warm(model, cases.stream().map(Case::caption).toList());
        var times = new ArrayList<Double>();
        var pictures = new PictureComparison(recall);
        var states = new Relative();
        var first = new Relative();
        var latents = new Relative();
        for (var each : cases) {
            float[] expected = each.picture.tokens();
            states.add(each.hidden, hidden(model, each.caption, expected));
            var picture = draw(model, each.caption, times);
            int token = model.parts().backend().tokenDim();
            first.add(Arrays.copyOf(expected, token), Arrays.copyOf(picture.tokens(), token));
            latents.add(expected, picture.tokens());
            pictures.add(each.picture.pixels(), picture.pixels());
        }
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.4f | %.4f | %.4f | %s",
                name,
                bytes / 1e6,
                Quartiles.of(times).median(),
                states.value(),
                first.value(),
                latents.value(),
                pictures.columns());
    }

    /** Hidden states [tokens, hidden] from which the image tokens are sampled, if those before them are these. */
    private static float[] hidden(NextStep model, String caption, float[] tokens) {
        var parts = model.parts();
        var transformer = parts.cpu().transformer();
        var settings = model.settings(GenerateRequest.of(caption));
        int side = parts.pixelsPerToken();
        var grid = new Grid(settings.height() / side, settings.width() / side);
        var request = PromptRequest.of(List.of(caption), grid)
                .withPositive(settings.positivePrompt())
                .withNegative(settings.negativePrompt())
                .withGuidance(GuidanceLayout.of(1, 1, 0));
        var row = new PromptBuilder(parts.tokenizer(), parts.special())
                .build(request)
                .rows()
                .getFirst();
        int[] ids = row.ids();
        int read = grid.tokens() - 1; // the last token is drawn, not read
        int width = transformer.hiddenSize();
        var inputs = new float[(ids.length + read) * width];
        for (int i = 0; i < ids.length; i++) {
            transformer.embed(ids[i], inputs, i * width);
        }
        float[] embedded = parts.cpu().projectors().embed(parts.cpu().team(), tokens, grid.tokens());
        System.arraycopy(embedded, 0, inputs, ids.length * width, read * width);
        var cache = transformer.newCache(row.padding(), ids.length + read);
        float[] states = transformer.forward(parts.cpu().team(), List.of(new Span(cache, ids.length + read)), inputs);
        return Arrays.copyOfRange(states, (ids.length - 1) * width, states.length);
    }

    /** Root mean square of a difference, relative to that of what is expected. */
    private static final class Relative {
        private double difference;
        private double size;

        void add(float[] expected, float[] actual) {
            for (int i = 0; i < expected.length; i++) {
                difference += Math.pow((double) actual[i] - expected[i], 2);
                size += (double) expected[i] * expected[i];
            }
        }

        double value() {
            return Math.sqrt(difference / size);
        }
    }
}
