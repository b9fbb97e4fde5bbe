package dev.nextstep.data.mix;

import dev.nextstep.data.DataException;
import dev.nextstep.data.KeyedRandom;
import dev.nextstep.data.Sample;
import dev.nextstep.data.shard.Partition;
import dev.nextstep.data.shard.SampleStream;
import dev.nextstep.data.shard.StreamState;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws from several data sets in the shares of their weights. Which one is chosen is a function of seed, process and the
 * number of choices made before, so {@link #state} is all that is needed to go on exactly there.
 *
 * <p>Not thread-safe.
 */
public final class Mixer {
    private final List<MixSource> sources;
    private final List<SampleStream> streams = new ArrayList<>();
    private final long[] chosen;
    private final double totalWeight;
    private final long seed;
    private final Partition partition;
    private long step;

    /**
     * A sample and where it came from.
     *
     * @param reference by which it can be read again
     * @param sample the sample
     */
    public record Drawn(SampleReference reference, Sample sample) {}

    /**
     * Begins or goes on.
     *
     * @param sources at least one
     * @param seed of the choices and of the orders
     * @param partition the part of this process
     * @param state {@link MixerState#START}, or what {@link #state} gave for the same sources, seed and partition; weights
     *     may change
     * @throws DataException if the state is of other sources
     */
    public Mixer(List<MixSource> sources, long seed, Partition partition, MixerState state) {
        this.sources = List.copyOf(sources);
        this.seed = seed;
        this.partition = partition;
        this.step = state.step();
        if (sources.isEmpty()) {
            throw new DataException("a mixture needs at least one data set");
        }
        totalWeight = sources.stream().mapToDouble(MixSource::weight).sum();
        chosen = new long[sources.size()];
        boolean begins = state.sources().isEmpty() && step == 0;
        if (!begins) {
            check(state);
        }
        for (int i = 0; i < sources.size(); i++) {
            var source = sources.get(i);
            streams.add(new SampleStream(
                    source.data(),
                    source.order(),
                    new KeyedRandom(seed, KeyedRandom.of(source.data().name())).nextLong(),
                    partition,
                    begins ? StreamState.START : state.sources().get(i).stream()));
            chosen[i] = begins ? 0 : state.sources().get(i).chosen();
        }
    }

    private void check(MixerState state) {
        var before = state.sources().stream().map(SourceState::name).toList();
        var now = sources.stream().map(s -> s.data().name()).toList();
        if (!before.equals(now)) {
            throw new DataException(
                    "the state of the mixture is of the data sets %s, but now there are %s; resume with the same"
                            .formatted(before, now));
        }
    }

    /** The data sets. */
    public List<MixSource> sources() {
        return sources;
    }

    /** Chooses a data set by the weights; returns its number. */
    public int choose() {
        double at = new KeyedRandom(seed, partition.rank(), step).nextDouble() * totalWeight;
        step++;
        int source = 0;
        while (source < chosen.length - 1 && at >= sources.get(source).weight()) {
            at -= sources.get(source).weight();
            source++;
        }
        chosen[source]++;
        return source;
    }

    /** The next good sample of one data set. */
    public Drawn draw(int source) {
        var stream = streams.get(source);
        long draw = stream.state().delivered();
        var item = stream.next();
        return new Drawn(new SampleReference(source, item.index(), draw), item.sample());
    }

    /** The next good sample of the data set that the weights choose. */
    public Drawn next() {
        return draw(choose());
    }

    /**
     * Reads a drawn sample again.
     *
     * @throws DataException if it is damaged now
     */
    public Drawn again(SampleReference reference) {
        if (reference.source() < 0 || reference.source() >= sources.size()) {
            throw new DataException("the state names data set %d of %d".formatted(reference.source(), sources.size()));
        }
        var data = sources.get(reference.source()).data();
        if (reference.index() >= data.size()) {
            throw new DataException("%s: the state names sample %d of %d; the data is not the same as before"
                    .formatted(data.name(), reference.index(), data.size()));
        }
        var sample = data.read(reference.index())
                .orElseThrow(() -> new DataException("%s: sample %d, which was read before, is damaged now: %s"
                        .formatted(data.name(), reference.index(), data.damage())));
        return new Drawn(reference, sample);
    }

    /** Where the mixture is. */
    public MixerState state() {
        var states = new ArrayList<SourceState>();
        for (int i = 0; i < chosen.length; i++) {
            states.add(
                    new SourceState(sources.get(i).data().name(), streams.get(i).state(), chosen[i]));
        }
        return new MixerState(step, states);
    }

    /** What was really drawn so far, in the order of the sources. */
    public List<MixShare> shares() {
        var shares = new ArrayList<MixShare>();
        for (int i = 0; i < chosen.length; i++) {
            var data = sources.get(i).data();
            var state = streams.get(i).state();
            shares.add(new MixShare(
                    data.name(),
                    data.kind(),
                    sources.get(i).weight() / totalWeight,
                    step == 0 ? 0 : (double) chosen[i] / step,
                    chosen[i],
                    state.delivered(),
                    state.skipped(),
                    state.epoch() + (double) state.offset() / streams.get(i).epochLength()));
        }
        return shares;
    }
}
