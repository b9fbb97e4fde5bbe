package dev.nextstep.train.model;

import dev.nextstep.data.Sample;
import dev.nextstep.data.mix.SampleEncoder;
import dev.nextstep.data.mix.SampleReference;
import dev.nextstep.data.sequence.SamplePreparation;
import dev.nextstep.image.PictureException;
import dev.nextstep.image.SourceFit;
import dev.nextstep.train.model.LatentCache.PictureTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sequences with the tokens of their pictures, in the order of the sequence. */
final class SampleTokens implements SampleEncoder<List<PictureTokens>> {
    private final SamplePreparation preparation;
    private final LatentCache latents;
    private final List<SourceFit> fits;

    /** Sequences whose pictures get the size that their data set, by its number in the mixture, asks for. */
    SampleTokens(SamplePreparation preparation, LatentCache latents, List<SourceFit> fits) {
        this.preparation = preparation;
        this.latents = latents;
        this.fits = fits;
    }

    @Override
    public Optional<Encoded<List<PictureTokens>>> encode(SampleReference reference, Sample sample) {
        var pictures = new ArrayList<PictureTokens>();
        var fit = fits.get(reference.source());
        try {
            for (int i = 0; i < sample.pictures().size(); i++) {
                pictures.add(latents.tokens(sample.pictures().get(i), sample.key() + ", picture " + i, fit));
            }
        } catch (PictureException e) {
            return Optional.empty(); // the loader counts it
        }
        var grids = pictures.stream().map(PictureTokens::grid).toList();
        return preparation
                .prepare(sample, reference.draw(), grids)
                .map(p -> new Encoded<>(
                        p.sequence(), p.pictures().stream().map(pictures::get).toList()));
    }
}
