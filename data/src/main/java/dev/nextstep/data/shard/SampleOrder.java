package dev.nextstep.data.shard;

/** Order in which samples are read. */
public enum SampleOrder {
    /** As they lie in the shards, every epoch alike. */
    SEQUENTIAL,
    /** Shards, and samples in stretches of 50 000, in another order every epoch, decided by the seed (spec §8.8). */
    SHUFFLED
}
