package dev.nextstep.train.measure;

import java.util.List;
import java.util.Set;

/**
 * Cases for a model of which it is only known that it learned the base glyphs of an emoji set, without tones, genders,
 * families, flags and letters: {@code {label}, {style} style} of each. Nothing is known to be held out.
 *
 * @param pictures the set
 * @param excluded styles that the model does not know; their pictures are not asked for
 */
public record CatalogCases(EmojiPictures pictures, Set<String> excluded) implements EvaluationCases {
    /** Copies the styles. */
    public CatalogCases {
        excluded = Set.copyOf(excluded);
    }

    @Override
    public List<CaptionCase> seen() {
        return pictures.entries().stream()
                .filter(entry -> entry.form().equals("base"))
                .filter(entry -> !excluded.contains(entry.name().style()))
                .map(entry ->
                        new CaptionCase(entry.label() + ", " + entry.name().style() + " style", entry.name()))
                .toList();
    }

    @Override
    public List<CaptionCase> heldOut() {
        return List.of();
    }

    @Override
    public List<EditCase> edits() {
        return List.of();
    }

    @Override
    public List<PictureName> reconstructions() {
        return seen().stream().map(CaptionCase::picture).toList();
    }
}
