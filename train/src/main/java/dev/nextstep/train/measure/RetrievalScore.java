package dev.nextstep.train.measure;

import java.util.Arrays;

/**
 * How often drawn pictures are recognised: ranks of the prompted glyph's real picture among those of its style.
 *
 * @param top1 share of rank 1
 * @param top5 share of ranks 1 to 5
 * @param medianRank middle rank, 1 at best
 * @param chance top-1 share of pictures that have nothing to do with their prompts: the mean of 1 / size of the gallery
 */
public record RetrievalScore(Estimate top1, Estimate top5, Estimate medianRank, double chance) {
    /**
     * One looked-up picture.
     *
     * @param rank of the prompted glyph, see {@link Gallery#rank}
     * @param gallerySize different pictures among which it was looked for
     */
    public record Lookup(int rank, int gallerySize) {}

    /**
     * The score of some pictures.
     *
     * @param seed of the bootstrap for the median
     * @param lookups at least one
     */
    public static RetrievalScore of(long seed, Lookup... lookups) {
        int first = (int) Arrays.stream(lookups).filter(l -> l.rank() == 1).count();
        int five = (int) Arrays.stream(lookups).filter(l -> l.rank() <= 5).count();
        double[] ranks = Arrays.stream(lookups).mapToDouble(Lookup::rank).toArray();
        return new RetrievalScore(
                Estimate.share(first, lookups.length),
                Estimate.share(five, lookups.length),
                Estimate.median(seed, ranks),
                Arrays.stream(lookups)
                        .mapToDouble(l -> 1.0 / l.gallerySize())
                        .average()
                        .orElseThrow());
    }
}
