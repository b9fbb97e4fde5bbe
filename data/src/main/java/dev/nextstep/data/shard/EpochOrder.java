package dev.nextstep.data.shard;

import dev.nextstep.data.DataException;
import dev.nextstep.data.KeyedRandom;
import java.util.List;

/**
 * Which sample comes when (spec §8.8). A pass over the data (epoch) has the shards in an order of its own; their samples,
 * one after the other, are cut into stretches (sub-epochs) of at most 50 000, and each is shuffled in itself, so that few
 * shards are open at a time. The last stretch holds the rest too; all of it is read (the official code loses a random part
 * of that rest, spec §11 #36).
 *
 * <p>With at least ten shards for each process a process takes whole shards, every world-th in the order of the epoch;
 * otherwise it takes every world-th sample of the shuffled order.
 *
 * <p>Everything is a function of seed, epoch and place, so nothing needs to be remembered to resume.
 */
final class EpochOrder {
    static final int STRETCH = 50_000;
    private static final int SHARDS_PER_PROCESS = 10;

    private final long[] firstSample;
    private final SampleOrder order;
    private final long seed;
    private final Partition partition;
    private final boolean byShard;
    private final int stretchSize;

    private long epoch = -1;
    private int[] shards = {};
    private long[] start = {};
    private long stretch = -1;
    private int[] permutation = {};

    EpochOrder(List<Integer> shardSizes, SampleOrder order, long seed, Partition partition, int stretchSize) {
        this.order = order;
        this.seed = seed;
        this.partition = partition;
        this.stretchSize = stretchSize;
        this.byShard = shardSizes.size() >= SHARDS_PER_PROCESS * partition.world();
        firstSample = new long[shardSizes.size() + 1];
        for (int i = 0; i < shardSizes.size(); i++) {
            firstSample[i + 1] = firstSample[i] + shardSizes.get(i);
        }
        if (firstSample[shardSizes.size()] < partition.world()) {
            throw new DataException("%d samples cannot be shared by %d processes; there must be one for each at least"
                    .formatted(firstSample[shardSizes.size()], partition.world()));
        }
    }

    /** Number of samples that this process reads in an epoch. */
    long length(long inEpoch) {
        prepare(inEpoch);
        long available = start[shards.length];
        return byShard ? available : (available - partition.rank() + partition.world() - 1) / partition.world();
    }

    /** Number, within the data set, of the sample that this process reads at a place of an epoch. */
    long sample(long inEpoch, long offset) {
        prepare(inEpoch);
        long place = byShard ? offset : partition.rank() + offset * partition.world();
        long at = order == SampleOrder.SEQUENTIAL ? place : shuffled(place);
        int low = 0;
        int high = shards.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (start[middle] <= at) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return firstSample[shards[low]] + at - start[low];
    }

    private void prepare(long inEpoch) {
        if (inEpoch == epoch) {
            return;
        }
        int n = firstSample.length - 1;
        int[] all = new int[n];
        for (int i = 0; i < n; i++) {
            all[i] = i;
        }
        if (order == SampleOrder.SHUFFLED) {
            all = new KeyedRandom(seed, inEpoch).permutation(n);
        }
        int step = byShard ? partition.world() : 1;
        int from = byShard ? partition.rank() : 0;
        shards = new int[(n - from + step - 1) / step];
        start = new long[shards.length + 1];
        for (int i = 0; i < shards.length; i++) {
            shards[i] = all[from + i * step];
            start[i + 1] = start[i] + firstSample[shards[i] + 1] - firstSample[shards[i]];
        }
        epoch = inEpoch;
        stretch = -1;
    }

    private long shuffled(long place) {
        long available = start[shards.length];
        long stretches = Math.max(1, available / stretchSize);
        long wanted = Math.min(place / stretchSize, stretches - 1);
        long from = wanted * stretchSize;
        if (wanted != stretch) {
            int size = (int) (wanted == stretches - 1 ? available - from : stretchSize);
            permutation = new KeyedRandom(seed, epoch, wanted, byShard ? partition.rank() : -1).permutation(size);
            stretch = wanted;
        }
        return from + permutation[(int) (place - from)];
    }
}
