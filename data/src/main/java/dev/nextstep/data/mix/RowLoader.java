package dev.nextstep.data.mix;

import dev.nextstep.data.DataException;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.pack.PackedRow;
import dev.nextstep.data.pack.Packer;
import dev.nextstep.data.pack.PackerState;
import dev.nextstep.data.pack.Packing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.LongStream;

/**
 * An endless stream of rows: mixture, encoder, packing. {@link #state} is all that is needed to go on exactly there.
 *
 * <p>With rows of many samples the weights choose the data set of each row, as in the official code, and every data set has
 * rows of its own; rows of text alone are never thrown away (spec §11 #33). With one sample per row the weights choose each
 * sample, and all data sets share a pool.
 *
 * <p>Not thread-safe.
 *
 * @param <P> what the encoder keeps beside the tokens
 */
public final class RowLoader<P> {
    /** So many unusable samples of a source in a row, counted in its size, are no accident. */
    private static final int PATIENCE = 2;

    private final Mixer mixer;
    private final SampleEncoder<P> encoder;
    private final List<Packer<Loaded<P>>> packers = new ArrayList<>();
    private final long[] unusable;
    private final boolean shared;

    /**
     * Begins.
     *
     * @param mixer the mixture at its beginning
     * @param packing of the rows. For data sets of text in rows of many samples ask for {@link Packing.Continuous} by
     *     {@code textPacking}
     * @param textPacking of the rows of data sets of text; ignored where all share one pool
     * @param pad id of the pad token
     * @param seed of the order within pools
     */
    public RowLoader(Mixer mixer, SampleEncoder<P> encoder, Packing packing, Packing textPacking, int pad, long seed) {
        this(mixer, encoder, packing, textPacking, pad, seed, new LoaderState(mixer.state(), List.of(), List.of()));
    }

    /**
     * Goes on.
     *
     * @param mixer a mixture made with the state's {@link LoaderState#mixer}
     * @param state what {@link #state} gave for the same data, encoder and packing
     * @throws DataException if the state is of something else
     */
    public RowLoader(
            Mixer mixer,
            SampleEncoder<P> encoder,
            Packing packing,
            Packing textPacking,
            int pad,
            long seed,
            LoaderState state) {
        this.mixer = mixer;
        this.encoder = encoder;
        this.shared = packing instanceof Packing.OnePerRow;
        int sources = mixer.sources().size();
        int n = shared ? 1 : sources;
        boolean begins = state.packers().isEmpty();
        if (!begins && (state.packers().size() != n || state.unusable().size() != sources)) {
            throw new DataException(
                    "the state of the loader has %d buffers, but here are %d; resume with the same data and packing"
                            .formatted(state.packers().size(), n));
        }
        unusable = new long[sources];
        for (int i = 0; i < sources; i++) {
            unusable[i] = begins ? 0 : state.unusable().get(i);
        }
        for (int i = 0; i < n; i++) {
            boolean text = !shared && mixer.sources().get(i).data().kind() == SampleKind.TEXT;
            PackerState<SampleReference> saved =
                    begins ? PackerState.empty() : state.packers().get(i);
            // A sample may be in several rows when texts are cut.
            var again = new LinkedHashMap<SampleReference, Loaded<P>>();
            packers.add(new Packer<>(
                    text ? textPacking : packing,
                    pad,
                    seed,
                    saved.map(reference -> again.computeIfAbsent(reference, this::reload)),
                    Loaded::sequence));
        }
    }

    private Loaded<P> reload(SampleReference reference) {
        var drawn = mixer.again(reference);
        var encoded = encoder.encode(reference, drawn.sample())
                .orElseThrow(() -> new DataException(
                        "sample %s, which was used before, cannot be used now; the settings are not the same"
                                .formatted(drawn.sample().key())));
        return new Loaded<>(reference, drawn.sample().key(), encoded.sequence(), encoded.payload());
    }

    /**
     * The next row.
     *
     * @throws DataException if a data set gives no usable sample
     */
    public PackedRow<Loaded<P>> next() {
        if (shared) {
            var row = packers.getFirst().poll();
            while (row.isEmpty()) {
                offer(mixer.choose(), packers.getFirst());
                row = packers.getFirst().poll();
            }
            return row.get();
        }
        int source = mixer.choose();
        var packer = packers.get(source);
        var row = packer.poll();
        while (row.isEmpty()) {
            offer(source, packer);
            row = packer.poll();
        }
        return row.get();
    }

    private void offer(int source, Packer<Loaded<P>> packer) {
        long patience = PATIENCE * mixer.sources().get(source).data().size();
        for (long i = 0; i <= patience; i++) {
            var drawn = mixer.draw(source);
            var encoded = encoder.encode(drawn.reference(), drawn.sample());
            if (encoded.isPresent()) {
                var loaded = new Loaded<>(
                        drawn.reference(),
                        drawn.sample().key(),
                        encoded.get().sequence(),
                        encoded.get().payload());
                long before = packer.refused();
                packer.offer(loaded, loaded.sequence());
                if (packer.refused() == before) {
                    return;
                }
            }
            unusable[source]++;
        }
        throw new DataException(
                "%s: no sample of a whole pass can be used: all are too long for a row, or have no caption"
                        .formatted(mixer.sources().get(source).data().name()));
    }

    /** The mixture, for its shares. */
    public Mixer mixer() {
        return mixer;
    }

    /** Samples that had no usable caption or were too long, of each source. */
    public List<Long> unusable() {
        return LongStream.of(unusable).boxed().toList();
    }

    /** Where the loader is. */
    public LoaderState state() {
        return new LoaderState(
                mixer.state(),
                packers.stream().map(p -> p.state().map(Loaded::reference)).toList(),
                unusable());
    }
}
