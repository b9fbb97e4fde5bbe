package dev.nextstep.train.plan;

import dev.nextstep.data.SampleKind;
import dev.nextstep.data.pack.Packing;
import dev.nextstep.image.AspectBuckets;
import dev.nextstep.image.SourceFit;
import dev.nextstep.train.recipe.TransformerRecipe;
import java.util.Collections;
import java.util.List;

/** What rows of a mixture hold on the average. */
final class ExpectedRows {
    /** Area mark, rows, star, columns, begin and end of a picture. */
    private static final int FRAME = 8;

    private final TransformerRecipe recipe;

    ExpectedRows(TransformerRecipe recipe) {
        this.recipe = recipe;
    }

    /**
     * A step of one part.
     *
     * @param facts of the data sets, in the order of the recipe
     */
    StepTokens ofAPart(List<DataFacts> facts) {
        double weights = 0;
        var sum = new StepTokens(0, 0, 0, 0, 0, 0, 0);
        for (int i = 0; i < facts.size(); i++) {
            var entry = recipe.training().get(i);
            double weight = entry.weight();
            var row = row(entry.kind(), recipe.fit(entry), facts.get(i)).times(weight);
            weights += weight;
            sum = new StepTokens(
                    sum.positions() + row.positions(),
                    0,
                    sum.text() + row.text(),
                    sum.image() + row.image(),
                    sum.learned() + row.learned(),
                    sum.pictures() + row.pictures(),
                    sum.samples() + row.samples());
        }
        var mean = sum.times(1 / weights);
        return new StepTokens(
                        mean.positions(),
                        mean.positions(),
                        mean.text(),
                        mean.image(),
                        mean.learned(),
                        mean.pictures(),
                        mean.samples())
                .times(recipe.lesson().rows());
    }

    private StepTokens row(SampleKind kind, SourceFit fit, DataFacts facts) {
        double pictures = Math.min(facts.pictures(), recipe.maxPictures());
        double picture = tokens(fit);
        double text = facts.captionTokens() + pictures * (FRAME - 1) + 1; // begin marks are not predicted
        double sample = facts.captionTokens() + pictures * (picture + FRAME) + 1;
        boolean alone = recipe.packing() instanceof Packing.OnePerRow;
        double length = alone ? sample : recipe.packing().maxLength();
        if (kind == SampleKind.TEXT && !(recipe.packing() instanceof Packing.BlockDiagonal) && !alone) {
            return new StepTokens(length, length, length, 0, 0, 0, length / sample); // texts are cut where a row ends
        }
        double samples = Math.max(1, Math.floor(length / sample));
        double learned = kind == SampleKind.EDIT ? Math.min(1, pictures) : pictures;
        return new StepTokens(
                length,
                length,
                samples * text,
                samples * pictures * picture,
                samples * learned * picture,
                samples * pictures,
                samples);
    }

    /** Tokens of a picture; of several areas the largest. */
    static double tokens(SourceFit fit) {
        int side = switch (fit) {
            case SourceFit.SquareCrop f -> f.side();
            case SourceFit.AspectCrop f -> f.area();
            case SourceFit.Bucketed f -> Collections.max(f.areas());
            default -> throw new IllegalArgumentException("recipes do not fit pictures by " + fit);
        };
        return Math.pow(side / (double) AspectBuckets.TOKEN_PIXELS, 2);
    }
}
