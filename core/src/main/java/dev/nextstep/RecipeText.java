package dev.nextstep;

import dev.nextstep.engine.TokenNormalization;
import dev.nextstep.flow.Guidance.NormLimit;
import dev.nextstep.flow.GuidanceSchedule;
import dev.nextstep.flow.HeadType;
import dev.nextstep.flow.Sampler;
import dev.nextstep.image.GenerationParameters;
import dev.nextstep.transformer.KvType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Recipes in the words of webui, and what its words say to this program. */
final class RecipeText {
    /** Name under which this program signs. */
    static final String TOOL = "nextstep4j";

    private static final String POSITIVE = "Positive prompt";
    private static final String IMAGE_GUIDANCE = "Image CFG scale";
    private static final String SCHEDULE = "CFG schedule";
    private static final String NORM_LIMIT = "CFG norm limit";
    private static final String SHIFT = "Shift";
    private static final String LATE_STEPS = "Late steps";
    private static final String GUIDANCE_EVERY = "CFG every";
    private static final String NOISE = "Noise level";
    private static final String USE_NORM = "Use norm";
    private static final String INDEX = "Image index";
    private static final int SHORT_HASH = 10;

    private RecipeText() {}

    static GenerationParameters of(Recipe recipe) {
        var s = recipe.settings();
        var extra = new LinkedHashMap<String, String>();
        extra.put("Task", recipe.task().id());
        if (!s.positivePrompt().isEmpty()) {
            extra.put(POSITIVE, s.positivePrompt());
        }
        extra.put(IMAGE_GUIDANCE, String.valueOf(s.imageGuidanceScale()));
        extra.put(SCHEDULE, s.guidanceSchedule().id());
        extra.put(NORM_LIMIT, onOff(s.normLimit() == NormLimit.ON));
        extra.put(SHIFT, String.valueOf(s.timestepShift()));
        if (!s.lateSteps().isNone()) {
            extra.put(LATE_STEPS, s.lateSteps().toString());
        }
        if (s.guidanceEvery() != 1) {
            extra.put(GUIDANCE_EVERY, String.valueOf(s.guidanceEvery()));
        }
        RecipeJson.noiseLevel(s.sampler()).ifPresent(level -> extra.put(NOISE, String.valueOf((float) level)));
        extra.put(USE_NORM, onOff(s.tokenNormalization() == TokenNormalization.ON));
        extra.put(INDEX, String.valueOf(recipe.index()));
        if (!recipe.sources().isEmpty()) {
            extra.put(
                    "Sources",
                    recipe.sources().stream()
                            .map(p -> "%s %dx%d".formatted(p.sha256(), p.width(), p.height()))
                            .collect(Collectors.joining("; ")));
        }
        if (!recipe.rerolls().isEmpty()) {
            extra.put("Rerolls", recipe.rerolls().stream().map(RecipeText::text).collect(Collectors.joining("; ")));
        }
        recipe.kept().ifPresent(kept -> extra.put("Kept", text(kept)));
        extra.put("Precision", RecipeJson.id(recipe.arithmetic().precision()));
        extra.put("Rope", RecipeJson.id(recipe.arithmetic().ropeFrequencies()));
        extra.put("Latent norm", RecipeJson.id(recipe.arithmetic().generation()));
        if (recipe.arithmetic().cache() != KvType.FP32) {
            extra.put("KV cache", recipe.arithmetic().cache().id());
        }
        if (!recipe.arithmetic().engine().equals(Arithmetic.DEFAULT.engine())) {
            extra.put("Engine", recipe.arithmetic().engine());
        }
        if (recipe.arithmetic().head() != HeadType.STORED) {
            extra.put("Flow head", recipe.arithmetic().head().id());
        }
        extra.put("Version", recipe.version());
        return new GenerationParameters(
                TOOL,
                recipe.prompt(),
                s.negativePrompt(),
                OptionalInt.of(s.steps()),
                s.sampler().id(),
                // Through text: 7.1f is 7.1, not 7.099999904632568.
                OptionalDouble.of(Double.parseDouble(Float.toString(s.guidanceScale()))),
                OptionalLong.of(recipe.seed()),
                OptionalInt.of(s.width()),
                OptionalInt.of(s.height()),
                recipe.model().id(),
                recipe.model()
                        .weightsHash()
                        .map(h -> h.substring(0, Math.min(SHORT_HASH, h.length())))
                        .orElse(""),
                extra);
    }

    private static String text(Reroll reroll) {
        String how = reroll.settings()
                .map(s ->
                        " with %s, %d steps, guidance %s".formatted(s.sampler().id(), s.steps(), s.guidanceScale()))
                .orElse("");
        return "seed %d from token %d%s".formatted(reroll.seed(), reroll.token(), how);
    }

    private static String text(Kept.Part kept) {
        var picture = kept.picture();
        String of = " of %s %dx%d".formatted(picture.sha256(), picture.width(), picture.height());
        return kept.rows().isPresent()
                ? "%d rows".formatted(kept.rows().getAsInt()) + of
                : "all" + of + " but mask " + kept.mask().orElseThrow().sha256();
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }

    /** What settings of whatever program say that means something here; values out of range are left out. */
    static FoundRecipe.Partial partial(GenerationParameters found) {
        var extra = found.extra();
        boolean ours = found.tool().equals(TOOL);
        Optional<Float> noise = value(extra, NOISE, Float::valueOf).filter(level -> level >= 0 && level <= 1);
        var options = new DrawingOptions(
                orNull(found.width()),
                orNull(found.height()),
                // Other programs' samplers share names by accident at most.
                ours ? sampler(found.sampler(), noise.orElse(Sampler.DEFAULT_NOISE_LEVEL)) : null,
                found.steps().isPresent()
                                && found.steps().getAsInt() >= 1
                                && found.steps().getAsInt() <= 10_000
                        ? (Integer) found.steps().getAsInt()
                        : null,
                found.cfgScale().isPresent() ? scale((float) found.cfgScale().getAsDouble()) : null,
                value(extra, IMAGE_GUIDANCE, Float::valueOf)
                        .map(RecipeText::scale)
                        .orElse(null),
                Arrays.stream(GuidanceSchedule.values())
                        .filter(schedule -> schedule.id().equals(extra.get(SCHEDULE)))
                        .findFirst()
                        .orElse(null),
                value(extra, NORM_LIMIT, RecipeText::isOn)
                        .map(on -> on ? NormLimit.ON : NormLimit.OFF)
                        .orElse(null),
                ours
                        ? value(extra, SHIFT, Float::valueOf)
                                .filter(x -> x >= 0.01f && x <= 100)
                                .orElse(null)
                        : null,
                value(extra, USE_NORM, RecipeText::isOn)
                        .map(on -> on ? TokenNormalization.ON : TokenNormalization.OFF)
                        .orElse(null),
                ours ? extra.getOrDefault(POSITIVE, "") : null,
                // An empty one says nothing about what the program did without it.
                ours || !found.negativePrompt().isEmpty() ? found.negativePrompt() : null,
                ours ? value(extra, LATE_STEPS, LateSteps::parse).orElse(LateSteps.NONE) : null,
                ours
                        ? value(extra, GUIDANCE_EVERY, Integer::valueOf)
                                .filter(every -> every >= 1 && every <= 1000)
                                .orElse(1)
                        : null);
        return new FoundRecipe.Partial(
                found.tool(),
                found.prompt(),
                options,
                found.seed(),
                value(extra, INDEX, Integer::valueOf).filter(i -> i >= 0).orElse(0),
                found.model());
    }

    private static @Nullable Integer orNull(OptionalInt value) {
        return value.isPresent() ? (Integer) value.getAsInt() : null;
    }

    private static @Nullable Float scale(float value) {
        return value >= 1 && value <= 1000 ? (Float) value : null;
    }

    private static @Nullable Sampler sampler(String name, float noise) {
        try {
            return Sampler.of(name, noise);
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }

    private static boolean isOn(String text) {
        return text.equals("on");
    }

    private static <T> Optional<T> value(Map<String, String> extra, String name, Function<String, T> read) {
        var text = extra.get(name);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(read.apply(text));
        } catch (IllegalArgumentException notAValue) {
            return Optional.empty();
        }
    }
}
