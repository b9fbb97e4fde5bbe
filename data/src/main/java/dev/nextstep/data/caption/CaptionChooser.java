package dev.nextstep.data.caption;

import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a sample's caption and changes it as the settings say (spec §8.7): one of the keys that the sample has, by their
 * ratios; of several texts one at random; the lead-in of a long description removed; capitals; a template.
 *
 * <p>Several texts are a list or a map of texts. A text has weight 1; a map {@code {"text": …, "weight": w}} in a list gives
 * it another, and a map from texts to numbers gives each its own.
 */
public final class CaptionChooser {
    private static final CaptionKey OWN = CaptionKey.of(CaptionKey.CAPTION, 1);

    private final CaptionSettings settings;

    /** A chooser with these settings. */
    public CaptionChooser(CaptionSettings settings) {
        this.settings = settings;
    }

    /** A text and how often it is taken. */
    private record Weighted(String text, double weight) {}

    /**
     * The caption.
     *
     * @param random decides; the same numbers give the same caption
     * @return empty if the sample has none, so that it cannot be used
     */
    public Optional<String> choose(Sample sample, RandomGenerator random) {
        var found = new ArrayList<List<Weighted>>();
        var keys = new ArrayList<CaptionKey>();
        double sum = 0;
        for (var key : settings.keys()) {
            var texts = texts(value(sample, key));
            if (!texts.isEmpty()) {
                found.add(texts);
                keys.add(key);
                sum += key.ratio();
            }
        }
        String text;
        if (keys.isEmpty()) {
            var own = texts(value(sample, OWN));
            text = own.isEmpty() ? "" : pick(own, random);
        } else {
            double at = random.nextDouble() * sum;
            int chosen = 0;
            while (chosen < keys.size() - 1 && at >= keys.get(chosen).ratio()) {
                at -= keys.get(chosen).ratio();
                chosen++;
            }
            text = pick(found.get(chosen), random);
            if (keys.get(chosen).isLong()) {
                text = LeadIns.remove(text);
            }
        }
        if (random.nextDouble() < settings.capitalizationProbability()) {
            text = settings.capitalization().apply(text);
        }
        if (sample.kind() == SampleKind.IMAGE_TEXT
                && !settings.templates().isEmpty()
                && random.nextDouble() < settings.templateProbability()) {
            var templates = settings.templates();
            text = templates.get(random.nextInt(templates.size())).replace(CaptionSettings.PLACE, text);
        }
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    private static @Nullable Object value(Sample sample, CaptionKey key) {
        String first = key.path().getFirst();
        @Nullable Object value = sample.fields().get(first);
        if (value == null && first.equals(CaptionKey.CAPTION)) {
            value = sample.caption();
        }
        for (String name : key.path().subList(1, key.path().size())) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value;
    }

    private static List<Weighted> texts(@Nullable Object value) {
        var texts = new ArrayList<Weighted>();
        switch (value) {
            case null -> {}
            case String text -> add(texts, text, 1);
            case List<?> list -> {
                for (var element : list) {
                    if (element instanceof Map<?, ?> map && map.get("text") instanceof String text) {
                        add(texts, text, map.get("weight") instanceof Number w ? w.doubleValue() : 1);
                    } else if (element instanceof String text) {
                        add(texts, text, 1);
                    }
                }
            }
            // In the order of the names: a map that was read again must give the same choice.
            case Map<?, ?> map -> {
                for (var entry : new java.util.TreeMap<Object, Object>(map).entrySet()) {
                    if (entry.getValue() instanceof String text) {
                        add(texts, text, 1);
                    } else if (entry.getValue() instanceof Number weight) {
                        add(texts, String.valueOf(entry.getKey()), weight.doubleValue());
                    }
                }
            }
            default -> {}
        }
        return texts;
    }

    private static void add(List<Weighted> texts, String text, double weight) {
        if (!text.isBlank() && weight > 0 && !Double.isInfinite(weight)) {
            texts.add(new Weighted(text, weight));
        }
    }

    private static String pick(List<Weighted> texts, RandomGenerator random) {
        double at = random.nextDouble()
                * texts.stream().mapToDouble(Weighted::weight).sum();
        for (var text : texts) {
            if (at < text.weight()) {
                return text.text();
            }
            at -= text.weight();
        }
        return texts.getLast().text();
    }
}
