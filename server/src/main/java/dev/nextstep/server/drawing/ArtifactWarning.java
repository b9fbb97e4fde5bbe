package dev.nextstep.server.drawing;

import dev.nextstep.Picture;
import dev.nextstep.workflow.batch.BatchModel;
import dev.nextstep.workflow.quality.ArtifactScore;
import dev.nextstep.workflow.quality.TokenDrift;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Something in a finished picture that is rare in sound ones, as {@code docs/workflows.md} measures it. A sign, not a proof:
 * one of twenty sound pictures has each of them.
 *
 * @param kind what it is: {@link Kind#id}
 * @param value how much of it; 1 is plainly visible
 * @param limit what 95 % of sound pictures of the model that ships do not exceed
 */
public record ArtifactWarning(String kind, double value, double limit) {
    private static final double PRECISION = 1e3;

    /** What is looked for. */
    public enum Kind {
        /** Noise all over. */
        NOISE(0.44),
        /** Noise in single tokens. */
        LOCAL_NOISE(0.13),
        /** Tokens that are plain grey. */
        GREY_PATCHES(0),
        /** Steps at the borders of tokens. */
        GRID(0.56),
        /** Tokens far from mean 0 and variance 1, of models that normalise them. */
        TOKEN_DRIFT(0.28);

        private final double limit;

        Kind(double limit) {
            this.limit = limit;
        }

        /** As the API and the metrics name it, such as {@code grey_patches}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What 95 % of sound pictures do not exceed: the last row of the table in {@code docs/workflows.md}. */
        public double limit() {
            return limit;
        }
    }

    /** The names of all kinds. */
    public static List<String> kinds() {
        return Arrays.stream(Kind.values()).map(Kind::id).toList();
    }

    /**
     * Looks at a finished picture and its tokens.
     *
     * @param model that drew it
     * @param pixelsPerToken side of a token in pixels
     */
    static List<ArtifactWarning> of(Picture picture, BatchModel model, int pixelsPerToken) {
        var warnings = new ArrayList<ArtifactWarning>();
        var pixels = picture.pixels();
        var score = ArtifactScore.of(pixels, pixelsPerToken);
        add(warnings, Kind.NOISE, score.noise());
        add(warnings, Kind.LOCAL_NOISE, score.localNoise());
        add(warnings, Kind.GREY_PATCHES, score.greyPatches());
        add(warnings, Kind.GRID, score.grid());
        model.normalTokens()
                .ifPresent(dimension -> add(
                        warnings,
                        Kind.TOKEN_DRIFT,
                        TokenDrift.of(picture.tokens(), pixels.width() / pixelsPerToken, dimension)
                                .worst()));
        return List.copyOf(warnings);
    }

    private static void add(List<ArtifactWarning> warnings, Kind kind, double value) {
        if (value > kind.limit()) {
            // A token that is all one number is infinitely far from variance 1.
            double finite = Math.min(value, Float.MAX_VALUE);
            warnings.add(new ArtifactWarning(kind.id(), Math.round(finite * PRECISION) / PRECISION, kind.limit()));
        }
    }
}
