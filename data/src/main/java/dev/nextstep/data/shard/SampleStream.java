package dev.nextstep.data.shard;

import dev.nextstep.data.DataException;
import dev.nextstep.data.Sample;

/**
 * An endless stream of a data set's samples, epoch after epoch. Damaged samples are skipped and counted. {@link #state}
 * is all that is needed to go on exactly there, in this process or another.
 *
 * <p>Not thread-safe.
 */
public final class SampleStream {
    /**
     * A sample and its number in the data set, by which {@link DataSet#read} gives it again.
     *
     * @param index 0 to size − 1
     * @param sample the sample
     */
    public record Item(long index, Sample sample) {}

    private final DataSet data;
    private final EpochOrder order;
    private long epoch;
    private long offset;
    private long delivered;
    private long skipped;

    /**
     * Begins or goes on.
     *
     * @param seed decides the order, if it is {@link SampleOrder#SHUFFLED}
     * @param partition the part of this process
     * @param state {@link StreamState#START}, or what {@link #state} gave for the same data, order, seed and partition
     * @throws DataException if there are fewer samples than processes, or the state lies beyond the data
     */
    public SampleStream(DataSet data, SampleOrder order, long seed, Partition partition, StreamState state) {
        this.data = data;
        this.order = new EpochOrder(
                data.shards().stream().map(ShardInfo::samples).toList(), order, seed, partition, EpochOrder.STRETCH);
        this.epoch = state.epoch();
        this.offset = state.offset();
        this.delivered = state.delivered();
        this.skipped = state.skipped();
        if (offset > this.order.length(epoch)) {
            throw new DataException(
                    "%s: the stream is to go on at sample %d of an epoch of %d; the data is not the same as before"
                            .formatted(data.name(), offset, this.order.length(epoch)));
        }
    }

    /** The data set. */
    public DataSet data() {
        return data;
    }

    /** Where the stream is. */
    public StreamState state() {
        return new StreamState(epoch, offset, delivered, skipped);
    }

    /** Number of samples that this process reads in the present epoch. */
    public long epochLength() {
        return order.length(epoch);
    }

    /**
     * The next good sample.
     *
     * @throws DataException if none was good for a whole epoch
     */
    public Item next() {
        long bad = 0;
        while (true) {
            long length = order.length(epoch);
            if (offset >= length) {
                epoch++;
                offset = 0;
                continue;
            }
            long index = order.sample(epoch, offset);
            offset++;
            var sample = data.read(index);
            if (sample.isPresent()) {
                delivered++;
                return new Item(index, sample.get());
            }
            skipped++;
            bad++;
            if (bad > 2 * length) {
                throw new DataException("%s: no sample can be read: %s".formatted(data.name(), data.damage()));
            }
        }
    }
}
