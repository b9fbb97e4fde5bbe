package dev.nextstep.train.plan;

import dev.nextstep.data.DataException;
import dev.nextstep.data.ImageTags;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.shard.DataSet;
import dev.nextstep.train.recipe.DataEntry;
import java.util.OptionalLong;

/**
 * What is known, or supposed, about the samples of a data set.
 *
 * @param samples how many; empty if the data set is not there
 * @param captionTokens tokens of a caption
 * @param pictures pictures of a sample
 */
record DataFacts(OptionalLong samples, double captionTokens, double pictures) {
    /** Captions of English text have about so many characters to a token. */
    private static final double CHARACTERS_PER_TOKEN = 4;

    private static final int LOOKED_AT = 64;

    /** Pictures of an interleaved sample, if there is no data to look at. */
    private static final double SUPPOSED_PICTURES = 3;

    /** Looks at some samples, or supposes. */
    static DataFacts of(DataEntry entry, int supposedCaptionTokens) {
        try (var set = entry.open()) {
            return set.size() == 0 ? supposed(entry.kind(), supposedCaptionTokens) : measured(set);
        } catch (DataException e) {
            return supposed(entry.kind(), supposedCaptionTokens);
        }
    }

    private static DataFacts supposed(SampleKind kind, int captionTokens) {
        return new DataFacts(
                OptionalLong.empty(),
                captionTokens,
                switch (kind) {
                    case TEXT -> 0;
                    case IMAGE_TEXT -> 1;
                    case EDIT -> 2;
                    case INTERLEAVED -> SUPPOSED_PICTURES;
                });
    }

    private static DataFacts measured(DataSet set) {
        long n = Math.min(LOOKED_AT, set.size());
        double characters = 0;
        double pictures = 0;
        long read = 0;
        for (long i = 0; i < n; i++) {
            var sample = set.read(i * set.size() / n);
            if (sample.isPresent()) {
                characters += ImageTags.remove(sample.get().caption()).length();
                pictures += sample.get().pictures().size();
                read++;
            }
        }
        return read == 0
                ? supposed(set.kind(), 0)
                : new DataFacts(
                        OptionalLong.of(set.size()),
                        Math.max(1, characters / (double) read / CHARACTERS_PER_TOKEN),
                        pictures / (double) read);
    }
}
