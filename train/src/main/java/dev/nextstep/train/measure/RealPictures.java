package dev.nextstep.train.measure;

import dev.nextstep.image.Pixels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What the measures need to know of all real pictures: a gallery of each style, and a style classifier. */
final class RealPictures {
    private final Map<String, Gallery> all;
    private final Map<String, Gallery> base;
    private final Optional<StyleClassifier> classifier;

    private RealPictures(Map<String, Gallery> all, Map<String, Gallery> base, Optional<StyleClassifier> classifier) {
        this.all = all;
        this.base = base;
        this.classifier = classifier;
    }

    private record Seen(EmojiPictures.Entry entry, ColourGrid grid, Optional<StyleClassifier.Looked> looked) {}

    /**
     * Reads all pictures of a set.
     *
     * @param tokenizer encodes and decodes a picture, as those are that will be judged
     */
    static RealPictures read(
            EmojiPictures set, EvaluationSettings settings, WorkTeam team, UnaryOperator<Pixels> tokenizer) {
        boolean learning = settings.parts().contains(EvaluationSettings.Part.STYLE);
        var trainer = new StyleClassifier.Trainer(settings.seed(), tokenizer);
        var seen = team.all(EvaluationListener.Stage.READING, set.entries(), entry -> {
            var pixels = set.read(entry.name(), settings.size());
            return new Seen(
                    entry,
                    ColourGrid.of(pixels),
                    learning ? Optional.of(trainer.look(entry.base(), entry.name(), pixels)) : Optional.empty());
        });
        var grids = new TreeMap<String, Map<String, ColourGrid>>();
        var baseGrids = new TreeMap<String, Map<String, ColourGrid>>();
        for (var each : seen) {
            var name = each.entry.name();
            grids.computeIfAbsent(name.style(), s -> new LinkedHashMap<>()).put(name.hexcode(), each.grid);
            if (each.entry.form().equals("base")) {
                baseGrids
                        .computeIfAbsent(name.style(), s -> new LinkedHashMap<>())
                        .put(name.hexcode(), each.grid);
            }
            each.looked.ifPresent(trainer::add);
        }
        var classifier = learning
                ? team
                        .all(EvaluationListener.Stage.LEARNING_STYLES, List.of(trainer), StyleClassifier.Trainer::train)
                        .stream()
                        .findFirst()
                : Optional.<StyleClassifier>empty();
        return new RealPictures(galleries(grids), galleries(baseGrids), classifier);
    }

    private static Map<String, Gallery> galleries(Map<String, Map<String, ColourGrid>> grids) {
        var galleries = new TreeMap<String, Gallery>();
        grids.forEach((style, pictures) -> galleries.put(style, new Gallery(pictures)));
        return galleries;
    }

    /** All pictures of each style. */
    Map<String, Gallery> all() {
        return all;
    }

    /** Those of base glyphs only: no tones, genders, families, flags, letters. */
    Map<String, Gallery> base() {
        return base;
    }

    Optional<StyleClassifier> classifier() {
        return classifier;
    }
}
