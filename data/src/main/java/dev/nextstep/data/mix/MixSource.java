package dev.nextstep.data.mix;

import dev.nextstep.data.shard.DataSet;
import dev.nextstep.data.shard.SampleOrder;

/**
 * A data set in a mixture.
 *
 * @param data the samples; whoever opened it closes it
 * @param weight its share among the weights of all; above 0
 * @param order order of its samples
 */
public record MixSource(DataSet data, double weight, SampleOrder order) {
    /** Checks the range. */
    public MixSource {
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "weight of %s must be above 0 and finite, got %s; leave it out if it is not wanted"
                            .formatted(data.name(), weight));
        }
    }

    /** A data set that is shuffled. */
    public static MixSource of(DataSet data, double weight) {
        return new MixSource(data, weight, SampleOrder.SHUFFLED);
    }
}
