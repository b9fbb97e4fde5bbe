package dev.nextstep.train.model;

import dev.nextstep.data.Sample;
import dev.nextstep.data.mix.SampleEncoder;
import dev.nextstep.data.mix.SampleReference;
import dev.nextstep.data.sequence.SamplePreparation;
import dev.nextstep.image.PictureException;
import dev.nextstep.train.model.LatentCache.PictureTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sequences with the tokens of their pictures, in the order of the sequence. */
final class SampleTokens implements SampleEncoder<List<PictureTokens>> {
    private final SamplePreparation preparation;
    private final LatentCache latents;

    SampleTokens(SamplePreparation preparation, LatentCache latents) {
        this.preparation = preparation;
        this.latents = latents;
    }

    @Override
    public Optional<Encoded<List<PictureTokens>>> encode(SampleReference reference, Sample sample) {
        var pictures = new ArrayList<PictureTokens>();
        try {
            for (int i = 0; i < sample.pictures().size(); i++) {
                pictures.add(latents.tokens(sample.pictures().get(i), sample.key() + ", picture " + i));
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
