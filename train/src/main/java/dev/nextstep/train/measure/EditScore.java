package dev.nextstep.train.measure;

import java.util.List;
import java.util.Optional;

/**
 * How often edits go the right way.
 *
 * @param byGrid share of edits whose drawn picture is nearer to the target than the source is, by {@link ColourGrid}
 * @param byPixels the same by root mean square over all pixel values
 */
public record EditScore(Estimate byGrid, Estimate byPixels) {
    /** The score of the fair ones among some edits; empty if there are none. */
    public static Optional<EditScore> of(List<EditOutcome> outcomes) {
        var fair = outcomes.stream().filter(EditOutcome::isFair).toList();
        if (fair.isEmpty()) {
            return Optional.empty();
        }
        int grid = (int) fair.stream().filter(EditOutcome::nearerByGrid).count();
        int pixels = (int) fair.stream().filter(EditOutcome::nearerByPixels).count();
        return Optional.of(new EditScore(Estimate.share(grid, fair.size()), Estimate.share(pixels, fair.size())));
    }
}
