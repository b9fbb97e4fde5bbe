package dev.nextstep.data.sequence;

/**
 * Which captioned pictures come with the picture first (spec §8.2): a choice fixed by seed and sample index, the same as
 * the official code's.
 *
 * @param seed seed of the training
 * @param probability 0 to 1; the official runs use 0.3, and 0 for validation
 */
public record DropText(long seed, double probability) {
    /** Checks the range. */
    public DropText {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability of dropping the text must be in 0..1, got " + probability);
        }
    }

    /** The order of the sample with this index. */
    public PictureOrder order(long index) {
        return new PythonRandom(MakeSeed.of(seed, index)).nextDouble() < probability
                ? PictureOrder.PICTURE_FIRST
                : PictureOrder.CAPTION_FIRST;
    }
}
