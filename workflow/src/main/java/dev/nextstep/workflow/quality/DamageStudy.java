package dev.nextstep.workflow.quality;

import dev.nextstep.DrawingListener;
import dev.nextstep.GenerateRequest;
import dev.nextstep.ImageTokens;
import dev.nextstep.NextStep;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.image.Pixels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How well each measure tells a model's sound pictures from pictures that were damaged on purpose. Every picture is drawn from a
 * fixed seed, and damage is too, so that the same model gives the same table.
 */
public final class DamageStudy {
    private static final List<Float> GUIDANCE = List.of(15f, 30f, 60f);
    private static final String DRIFT = "token drift";

    private final NextStep model;
    private final Cancellation cancellation;

    /** A study of an open model, on its own engine in Java. */
    public DamageStudy(NextStep model, Cancellation cancellation) {
        this.model = model;
        this.cancellation = cancellation;
    }

    /**
     * What it finds.
     *
     * @param pictures sound pictures, and damaged ones of each kind
     * @param limits the value of each measure that 95 % of sound pictures stay below
     * @param areas ROC AUC by kind of damage, then by measure; NaN for the drift of tokens where damage was done to pixels
     * @param examples the first pictures of each kind, sound ones first under {@code sound}
     */
    public record Findings(
            int pictures,
            Map<String, Double> limits,
            Map<String, Map<String, Double>> areas,
            Map<String, List<Pixels>> examples) {}

    private record Looked(Damage damage, PublishedQuality published) {}

    /** Measures; larger is worse. */
    private static Map<String, ToDoubleFunction<Looked>> measures() {
        var measures = new LinkedHashMap<String, ToDoubleFunction<Looked>>();
        measures.put("noise", l -> l.damage.pixels().noise());
        measures.put("local noise", l -> l.damage.pixels().localNoise());
        measures.put("grey patches", l -> l.damage.pixels().greyPatches());
        measures.put("grid", l -> l.damage.pixels().grid());
        measures.put(DRIFT, l -> l.damage.drift().map(TokenDrift::worst).orElse(0.0));
        measures.put("pixels together", l -> l.damage.pixels().worst());
        measures.put("artifacts", l -> l.damage.worst());
        measures.put("published", l -> 1 - l.published.overall());
        return measures;
    }

    /**
     * Runs it.
     *
     * @param prompts are taken in turn
     * @param pictures how many of each kind, at least 1
     * @param examples how many of each kind are given back
     * @param step called {@link #steps} times
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    public Findings run(List<String> prompts, int pictures, int examples, Runnable step) {
        var sound = new ArrayList<Looked>();
        var damaged = new LinkedHashMap<String, List<Looked>>();
        var shown = new LinkedHashMap<String, List<Pixels>>();
        var damages = new EnumMap<Damages.Kind, Damages>(Damages.Kind.class);
        for (var kind : Damages.Kind.values()) {
            damages.put(kind, new Damages(model, kind.seed()));
        }
        for (int i = 0; i < pictures; i++) {
            String prompt = prompts.get(i % prompts.size());
            var drawn = draw(prompt, i, Optional.empty());
            add(shown, "sound", drawn, examples);
            sound.add(look(drawn));
            for (float guidance : GUIDANCE) {
                var wild = draw(prompt, i, Optional.of(guidance));
                keep(damaged, shown, "guidance %.0f".formatted(guidance), wild, examples);
                step.run();
            }
            var whole = new Damages.Sound(drawn.pixels(), drawn.tokens());
            damages.forEach((kind, doing) -> {
                cancellation.check();
                keep(damaged, shown, kind.title(), doing.of(kind, whole), examples);
            });
            step.run();
        }
        return findings(sound, damaged, shown);
    }

    /** How often {@link #run} says that it has come on. */
    public static int steps(int pictures) {
        return pictures * (GUIDANCE.size() + 1);
    }

    private Damages.Damaged draw(String prompt, long seed, Optional<Float> guidance) {
        var request = GenerateRequest.builder(prompt).seed(seed);
        guidance.ifPresent(request::guidanceScale);
        var picture = model.generateAll(request.build(), DrawingListener.NONE, cancellation)
                .getFirst();
        int side = model.parts().pixelsPerToken();
        var pixels = picture.pixels();
        return new Damages.Damaged(
                pixels, new ImageTokens(pixels.height() / side, pixels.width() / side, picture.tokens()));
    }

    private void keep(
            Map<String, List<Looked>> damaged,
            Map<String, List<Pixels>> shown,
            String kind,
            Damages.Damaged made,
            int examples) {
        damaged.computeIfAbsent(kind, k -> new ArrayList<>()).add(look(made));
        add(shown, kind, made, examples);
    }

    private static void add(Map<String, List<Pixels>> shown, String kind, Damages.Damaged made, int examples) {
        var list = shown.computeIfAbsent(kind, k -> new ArrayList<>());
        if (list.size() < examples) {
            list.add(made.pixels());
        }
    }

    private Looked look(Damages.Damaged made) {
        var tokens = made.tokens();
        int dimension = tokens.values().length / (tokens.rows() * tokens.columns());
        var drift = TokenDrift.of(tokens.values(), tokens.columns(), dimension);
        var score = ArtifactScore.of(made.pixels(), model.parts().pixelsPerToken());
        return new Looked(new Damage(score, Optional.of(drift)), PublishedQuality.of(made.pixels()));
    }

    /** Tokens that the image tokenizer made of damaged pixels are as normal as any. */
    private static boolean isBlind(String measure, String kind) {
        return measure.equals(DRIFT)
                && Arrays.stream(Damages.Kind.values()).anyMatch(k -> k.title().equals(kind) && k.isOfPixels());
    }

    private static Findings findings(
            List<Looked> sound, Map<String, List<Looked>> damaged, Map<String, List<Pixels>> shown) {
        var limits = new LinkedHashMap<String, Double>();
        var areas = new LinkedHashMap<String, Map<String, Double>>();
        measures().forEach((name, measure) -> {
            var values = sound.stream().mapToDouble(measure).toArray();
            damaged.forEach((kind, made) -> areas.computeIfAbsent(kind, k -> new LinkedHashMap<>())
                    .put(
                            name,
                            isBlind(name, kind)
                                    ? Double.NaN
                                    : RocCurve.area(
                                            values,
                                            made.stream().mapToDouble(measure).toArray())));
            Arrays.sort(values);
            limits.put(name, values[(int) (0.95 * (values.length - 1))]);
        });
        return new Findings(sound.size(), limits, areas, shown);
    }
}
