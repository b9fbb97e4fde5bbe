package dev.nextstep.train.model;

import dev.nextstep.data.mix.LoaderState;
import dev.nextstep.data.mix.MixSource;
import dev.nextstep.data.mix.Mixer;
import dev.nextstep.data.mix.MixerState;
import dev.nextstep.data.mix.RowLoader;
import dev.nextstep.data.pack.Packing;
import dev.nextstep.data.sequence.SamplePreparation;
import dev.nextstep.data.shard.Partition;
import dev.nextstep.image.SourceFit;
import dev.nextstep.train.model.LatentCache.PictureTokens;
import java.util.List;
import java.util.Map;

/** Where rows come from: a mixture of data sets, prepared and packed; can be begun anew and resumed. */
public final class RowSource implements AutoCloseable {
    /**
     * A data set of the mixture.
     *
     * @param data with its weight
     * @param fit how its pictures get their size
     */
    public record Source(MixSource data, SourceFit fit) {}

    private final List<MixSource> sources;
    private final List<SourceFit> fits;
    private final SamplePreparation preparation;
    private final LatentCache latents;
    private final Packing packing;
    private final int pad;
    private final long seed;

    /**
     * A source of rows.
     *
     * @param sources data sets, closed with this source
     * @param latents shared, not closed here
     * @param packing of rows with pictures
     * @param pad id of the pad token
     */
    public RowSource(
            List<Source> sources,
            SamplePreparation preparation,
            LatentCache latents,
            Packing packing,
            int pad,
            long seed) {
        this.sources = sources.stream().map(Source::data).toList();
        this.fits = sources.stream().map(Source::fit).toList();
        this.preparation = preparation;
        this.latents = latents;
        this.packing = packing;
        this.pad = pad;
        this.seed = seed;
    }

    int pad() {
        return pad;
    }

    Batches.Visibility visibility() {
        return packing instanceof Packing.BlockDiagonal ? Batches.Visibility.OWN_SAMPLE : Batches.Visibility.WHOLE_ROW;
    }

    /** Samples of all data sets. */
    long samples() {
        return sources.stream().mapToLong(s -> s.data().size()).sum();
    }

    private Packing textPacking() {
        return switch (packing) {
            case Packing.BlockDiagonal p -> p;
            case Packing other -> new Packing.Continuous(other.maxLength());
        };
    }

    RowLoader<List<PictureTokens>> begin() {
        return new RowLoader<>(
                new Mixer(sources, seed, Partition.WHOLE, MixerState.START),
                new SampleTokens(preparation, latents, fits),
                packing,
                textPacking(),
                pad,
                seed);
    }

    RowLoader<List<PictureTokens>> resume(Map<?, ?> json) {
        var state = LoaderState.fromJson(json);
        return new RowLoader<>(
                new Mixer(sources, seed, Partition.WHOLE, state.mixer()),
                new SampleTokens(preparation, latents, fits),
                packing,
                textPacking(),
                pad,
                seed,
                state);
    }

    @Override
    public void close() {
        sources.forEach(source -> source.data().close());
    }
}
