package dev.nextstep.train.measure;

import dev.nextstep.image.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Tells the style of a picture by some hundred simple numbers (colours, outline, edges, flatness: {@code StyleFeatures})
 * and a network of one hidden layer, trained on real pictures when it is needed. A fifth of the base glyphs, with all of
 * their variants in all styles, is kept out of the training and gives the accuracy.
 *
 * <p>Each training picture is learned as it is, softened (blurred and noised a little, at random) and, where the trainer has an
 * image tokenizer, as that gives it back: what a model draws has passed its tokenizer, whose traces must not decide the style.
 *
 * <p>Immutable.
 */
public final class StyleClassifier {
    /** One of how many base glyphs is kept out. */
    private static final int KEPT_OUT = 5;

    private final List<String> styles;
    private final SoftmaxNetwork network;
    private final Map<String, Estimate> accuracyByStyle;
    private final Estimate accuracy;
    private final Optional<Estimate> reconstructedAccuracy;

    private StyleClassifier(
            List<String> styles, SoftmaxNetwork network, List<Row> keptOut, List<Row> keptOutReconstructed) {
        this.styles = styles;
        this.network = network;
        this.reconstructedAccuracy = keptOutReconstructed.isEmpty()
                ? Optional.empty()
                : Optional.of(share(keptOutReconstructed.stream()
                        .map(row -> style(row.features).equals(row.style))
                        .toList()));
        var hits = new TreeMap<String, List<Boolean>>();
        for (var row : keptOut) {
            hits.computeIfAbsent(row.style, s -> new ArrayList<>())
                    .add(style(row.features).equals(row.style));
        }
        var shares = new TreeMap<String, Estimate>();
        hits.forEach((style, each) -> shares.put(style, share(each)));
        this.accuracyByStyle = shares;
        this.accuracy = share(hits.values().stream().flatMap(List::stream).toList());
    }

    private static Estimate share(List<Boolean> hits) {
        return Estimate.share((int) hits.stream().filter(hit -> hit).count(), hits.size());
    }

    private record Row(String style, float[] features) {}

    /** A picture that a trainer has looked at. */
    record Looked(List<Row> rows, Optional<Row> reconstructed, boolean keptOut) {}

    /** Takes real pictures and makes a classifier of them. Only their features are kept. Not thread-safe. */
    public static final class Trainer {
        private final long seed;
        private final Optional<UnaryOperator<Pixels>> tokenizer;
        private final List<Row> training = new ArrayList<>();
        private final List<Row> keptOut = new ArrayList<>();
        private final List<Row> keptOutReconstructed = new ArrayList<>();

        /** Makes a trainer; the seed decides what is kept out, the softening and the training. */
        public Trainer(long seed) {
            this(seed, Optional.empty());
        }

        /**
         * Makes a trainer for pictures that pass an image tokenizer.
         *
         * @param seed as above
         * @param tokenizer encodes and decodes a picture; called from several threads
         */
        public Trainer(long seed, UnaryOperator<Pixels> tokenizer) {
            this(seed, Optional.of(tokenizer));
        }

        private Trainer(long seed, Optional<UnaryOperator<Pixels>> tokenizer) {
            this.seed = seed;
            this.tokenizer = tokenizer;
        }

        /** Whether pictures of this base glyph are kept out of the training. */
        public boolean keepsOut(String base) {
            return Math.floorMod(StableHash.of(seed, "kept out", base), KEPT_OUT) == 0;
        }

        /**
         * Takes a real picture.
         *
         * @param base the base glyph of what it shows
         * @param name its style and glyph
         * @param pixels the picture; all have one size of at least 3 × 3
         */
        public void add(String base, PictureName name, Pixels pixels) {
            add(look(base, name, pixels));
        }

        /** The part of taking a picture that takes time; may be called from several threads. */
        Looked look(String base, PictureName name, Pixels pixels) {
            var row = new Row(name.style(), StyleFeatures.of(pixels));
            var reconstructed = tokenizer.map(t -> new Row(name.style(), StyleFeatures.of(t.apply(pixels))));
            if (keepsOut(base)) {
                return new Looked(List.of(row), reconstructed, true);
            }
            var soft = Softening.of(pixels, StableHash.of(seed, "soften", name.toString()));
            return new Looked(List.of(row, new Row(name.style(), StyleFeatures.of(soft))), reconstructed, false);
        }

        /** The other part. The order in which pictures are taken decides the last bits of the classifier. */
        void add(Looked looked) {
            (looked.keptOut ? keptOut : training).addAll(looked.rows);
            looked.reconstructed.ifPresent((looked.keptOut ? keptOutReconstructed : training)::add);
        }

        /**
         * Trains the classifier.
         *
         * @throws IllegalArgumentException if there are fewer than two styles, or no glyph was kept out
         */
        public StyleClassifier train() {
            var styles = training.stream().map(Row::style).distinct().sorted().toList();
            if (styles.size() < 2 || keptOut.isEmpty()) {
                throw new IllegalArgumentException(
                        "pictures of %d styles, %d of them kept out, are too few to learn styles from; give two styles and some dozen glyphs"
                                .formatted(styles.size(), keptOut.size()));
            }
            var network = SoftmaxNetwork.train(
                    training.stream().map(Row::features).toArray(float[][]::new),
                    training.stream().mapToInt(row -> styles.indexOf(row.style)).toArray(),
                    styles.size(),
                    seed);
            return new StyleClassifier(styles, network, keptOut, keptOutReconstructed);
        }
    }

    /** The likeliest style of a picture. */
    public String style(Pixels pixels) {
        return style(StyleFeatures.of(pixels));
    }

    private String style(float[] features) {
        double[] probabilities = network.probabilities(features);
        int best = 0;
        for (int c = 1; c < probabilities.length; c++) {
            best = probabilities[c] > probabilities[best] ? c : best;
        }
        return styles.get(best);
    }

    /** The styles it knows, in alphabetical order. */
    public List<String> styles() {
        return styles;
    }

    /** Share of the kept-out real pictures whose style it tells. */
    public Estimate accuracy() {
        return accuracy;
    }

    /** Share of the kept-out pictures whose style it tells when they have passed the trainer's image tokenizer, if it had one. */
    public Optional<Estimate> reconstructedAccuracy() {
        return reconstructedAccuracy;
    }

    /** The accuracy on real pictures for each style. */
    public Map<String, Estimate> accuracyByStyle() {
        return Map.copyOf(accuracyByStyle);
    }
}
