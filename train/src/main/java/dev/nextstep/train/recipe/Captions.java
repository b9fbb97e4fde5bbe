package dev.nextstep.train.recipe;

import dev.nextstep.data.ImageTags;
import dev.nextstep.data.Sample;
import dev.nextstep.data.shard.DataSet;
import dev.nextstep.data.vocabulary.BpeTrainer;
import dev.nextstep.data.vocabulary.BpeVocabulary;
import dev.nextstep.data.vocabulary.VocabularySettings;
import java.util.List;
import java.util.Map;

/** All texts of data sets, for a vocabulary: captions, their variants, and the sizes that prompts name. */
final class Captions {
    /** Sizes up to so many rows and columns of tokens. */
    private static final int LARGEST_SIZE = 64;

    private final BpeTrainer trainer = new BpeTrainer();

    Captions() {
        for (int i = 1; i <= LARGEST_SIZE; i++) {
            for (int k = 1; k <= LARGEST_SIZE; k++) {
                trainer.add(i + "*" + k, 1);
            }
        }
    }

    void addAll(DataSet set) {
        for (long i = 0; i < set.size(); i++) {
            set.read(i).ifPresent(this::add);
        }
    }

    private void add(Sample sample) {
        addText(sample.caption());
        if (sample.fields().get("captions") instanceof List<?> variants) {
            for (var variant : variants) {
                if (variant instanceof String text) {
                    addText(text);
                } else if (variant instanceof Map<?, ?> map && map.get("text") instanceof String text) {
                    addText(text);
                }
            }
        }
    }

    private void addText(String caption) {
        for (var piece : ImageTags.split(caption)) {
            if (piece instanceof ImageTags.Text text && !text.text().isBlank()) {
                trainer.add(text.text(), 1);
            }
        }
    }

    BpeVocabulary learn(VocabularySettings settings) {
        return trainer.train(settings);
    }
}
