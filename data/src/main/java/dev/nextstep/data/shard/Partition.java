package dev.nextstep.data.shard;

/**
 * The part of the samples that one of several processes reads (spec §8.8). Together they read everything, and no two read
 * the same.
 *
 * @param rank 0 to world − 1
 * @param world number of processes, at least 1
 */
public record Partition(int rank, int world) {
    /** One process that reads everything. */
    public static final Partition WHOLE = new Partition(0, 1);

    /** Checks the ranges. */
    public Partition {
        if (world < 1 || rank < 0 || rank >= world) {
            throw new IllegalArgumentException(
                    "rank %d of %d; a rank goes from 0 to the number of processes − 1".formatted(rank, world));
        }
    }
}
