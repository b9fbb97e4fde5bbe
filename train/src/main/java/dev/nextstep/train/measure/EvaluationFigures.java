package dev.nextstep.train.measure;

import dev.nextstep.NextStep;
import dev.nextstep.image.PictureDifference;
import dev.nextstep.image.Pixels;
import dev.nextstep.train.measure.EvaluationSettings.Part;
import dev.nextstep.train.measure.RetrievalScore.Lookup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Collects the figures of an evaluation. */
final class EvaluationFigures {
    private static final String AMONG_ALL = "among all glyphs of the style";
    private static final String AMONG_BASE = "among its base glyphs";

    private final EvaluationSettings settings;
    private final RealPictures real;
    private final List<Figure> figures = new ArrayList<>();
    private final Map<String, String> facts = new LinkedHashMap<>();

    /** Which prompts were drawn, and what is expected of them at 64 pixels. */
    enum Prompts {
        SEEN("seen", "seen pairs"),
        HELD_OUT("held_out", "held-out pairs");

        private final String id;
        private final String words;

        Prompts(String id, String words) {
            this.id = id;
            this.words = words;
        }
    }

    EvaluationFigures(EvaluationSettings settings, RealPictures real) {
        this.settings = settings;
        this.real = real;
    }

    void reconstruction(EmojiPictures set, List<PictureName> names, List<Pixels> reconstructed) {
        var differences = new ArrayList<PictureDifference>();
        for (int i = 0; i < names.size(); i++) {
            var original = set.read(names.get(i), settings.size());
            differences.add(PictureDifference.of(original, reconstructed.get(i)));
        }
        var score = ReconstructionScore.of(differences);
        figures.add(Figure.decibels("tokenizer.psnr", "tokenizer, PSNR", score.psnr())
                .withBar(30));
        figures.add(
                Figure.number("tokenizer.ssim", "tokenizer, SSIM", score.ssim()).withBar(0.93));
        facts.put(
                "tokenizer, PSNR of the mean squared error",
                String.format(Locale.ROOT, "%.2f dB", score.psnrOfMeanError()));
        var found = retrieval(names, reconstructed, real.all());
        figures.add(Figure.share(
                "tokenizer.top1",
                "tokenizer, nearest to a reconstruction is its original, " + AMONG_ALL + " (what retrieval can reach)",
                found.top1()));
    }

    void drawings(Prompts prompts, List<CaptionCase> cases, List<Pixels> drawn) {
        var names = cases.stream().map(CaptionCase::picture).toList();
        boolean barred = settings.size() == 64;
        if (settings.parts().contains(Part.RETRIEVAL)) {
            var all = retrieval(names, drawn, real.all());
            String prefix = prompts.words + ", nearest real picture shows the prompted glyph, ";
            var first = Figure.share(prompts.id + ".top1", prefix + AMONG_ALL + ", top 1", all.top1());
            var five = Figure.share(prompts.id + ".top5", prefix + AMONG_ALL + ", top 5", all.top5());
            boolean seen = prompts == Prompts.SEEN;
            figures.add(barred && seen ? first.withBar(0.75) : first);
            figures.add(barred ? five.withBar(seen ? 0.9 : 0.25) : five);
            figures.add(Figure.number(
                    prompts.id + ".median_rank",
                    prompts.words + ", median rank of the prompted glyph",
                    all.medianRank()));
            facts.put(prompts.words + ", top 1 by chance", String.format(Locale.ROOT, "%.3f %%", 100 * all.chance()));
            base(prompts, names, drawn, prefix);
        }
        real.classifier()
                .ifPresent(classifier -> figures.add(Figure.share(
                                prompts.id + ".style",
                                prompts.words + ", style as prompted",
                                styleShare(classifier, names, drawn))
                        .withBar(0.9)));
    }

    /** Prompts that leave the style open: what was drawn is looked for in all styles. */
    void plain(List<CaptionCase> cases, List<Pixels> drawn) {
        if (!settings.parts().contains(Part.RETRIEVAL)) {
            return;
        }
        int found = 0;
        for (int i = 0; i < cases.size(); i++) {
            var grid = ColourGrid.of(drawn.get(i));
            var nearest = real.all().values().stream()
                    .map(gallery -> gallery.nearest(grid))
                    .min(Comparator.comparingDouble(Gallery.Nearest::squaredDistance))
                    .orElseThrow();
            found += nearest.glyphs().contains(cases.get(i).picture().hexcode()) ? 1 : 0;
        }
        figures.add(Figure.share(
                "plain.top1",
                "seen glyphs prompted without a style, nearest real picture of all styles shows the glyph",
                Estimate.share(found, cases.size())));
    }

    /** Those of the prompts that are base glyphs, among base glyphs. */
    private void base(Prompts prompts, List<PictureName> names, List<Pixels> drawn, String prefix) {
        var baseNames = new ArrayList<PictureName>();
        var baseDrawn = new ArrayList<Pixels>();
        for (int i = 0; i < names.size(); i++) {
            var gallery = real.base().get(names.get(i).style());
            if (gallery != null && gallery.contains(names.get(i).hexcode())) {
                baseNames.add(names.get(i));
                baseDrawn.add(drawn.get(i));
            }
        }
        if (!baseNames.isEmpty()) {
            var score = retrieval(baseNames, baseDrawn, real.base());
            figures.add(Figure.share(prompts.id + ".base.top1", prefix + AMONG_BASE + ", top 1", score.top1()));
            figures.add(Figure.share(prompts.id + ".base.top5", prefix + AMONG_BASE + ", top 5", score.top5()));
        }
    }

    private RetrievalScore retrieval(List<PictureName> names, List<Pixels> drawn, Map<String, Gallery> galleries) {
        var lookups = new Lookup[names.size()];
        for (int i = 0; i < lookups.length; i++) {
            var name = names.get(i);
            var gallery = galleries.get(name.style());
            if (gallery == null) {
                throw new IllegalStateException("no gallery of style " + name.style());
            }
            lookups[i] = new Lookup(gallery.rank(ColourGrid.of(drawn.get(i)), name.hexcode()), gallery.size());
        }
        return RetrievalScore.of(settings.seed(), lookups);
    }

    private static Estimate styleShare(StyleClassifier classifier, List<PictureName> names, List<Pixels> drawn) {
        int hits = 0;
        for (int i = 0; i < names.size(); i++) {
            hits += classifier.style(drawn.get(i)).equals(names.get(i).style()) ? 1 : 0;
        }
        return Estimate.share(hits, names.size());
    }

    void edits(EmojiPictures set, List<EditCase> cases, List<Pixels> drawn) {
        var byKind = new TreeMap<String, List<EditOutcome>>();
        var all = new ArrayList<EditOutcome>();
        for (int i = 0; i < cases.size(); i++) {
            var item = cases.get(i);
            var outcome = EditOutcome.of(
                    set.read(item.source(), settings.size()), drawn.get(i), set.read(item.target(), settings.size()));
            byKind.computeIfAbsent(item.kind(), kind -> new ArrayList<>()).add(outcome);
            all.add(outcome);
        }
        edits("edits", "edits of all kinds", all);
        byKind.forEach((kind, outcomes) -> edits("edits." + kind, "edits, " + kind, outcomes));
        long unfair = all.stream().filter(outcome -> !outcome.isFair()).count();
        facts.put("edits left out because source and target look the same", String.valueOf(unfair));
    }

    private void edits(String id, String words, List<EditOutcome> outcomes) {
        EditScore.of(outcomes).ifPresent(score -> {
            figures.add(Figure.share(
                            id + ".grid",
                            words + ", drawn is nearer to the target than the source (grid)",
                            score.byGrid())
                    .withBar(0.8));
            figures.add(
                    Figure.share(id + ".pixels", words + ", the same by root mean square of pixels", score.byPixels()));
        });
    }

    /** The report of what was collected. */
    EvaluationReport report(NextStep model, EmojiPictures set) {
        real.classifier().ifPresent(classifier -> {
            figures.add(Figure.share(
                            "style.real",
                            "style classifier on real pictures of glyphs that it did not learn",
                            classifier.accuracy())
                    .withBar(0.95));
            classifier
                    .reconstructedAccuracy()
                    .ifPresent(share -> figures.add(Figure.share(
                            "style.reconstructed",
                            "style classifier on the same pictures after the image tokenizer (what a drawing can reach)",
                            share)));
            classifier
                    .accuracyByStyle()
                    .forEach((style, share) -> figures.add(
                            Figure.share("style.real." + style, "style classifier on real pictures, " + style, share)));
        });
        facts.put("real pictures", String.valueOf(set.entries().size()));
        real.all()
                .forEach((style, gallery) -> facts.put(
                        "different pictures, " + style,
                        gallery.size() + ", of base glyphs "
                                + (real.base().containsKey(style)
                                        ? real.base().get(style).size()
                                        : 0)));
        facts.put(
                "settings of pictures from words",
                settings.generateOptions().resolve(model.generateDefaults()).toString());
        facts.put(
                "settings of edits",
                settings.editOptions().resolve(model.editDefaults()).toString());
        facts.put("program", NextStep.version());
        return new EvaluationReport(
                model.name(), model.weightsHash(), settings.size(), settings.seed(), facts, figures);
    }
}
