package dev.nextstep.data.source;

import dev.nextstep.data.SampleKind;
import dev.nextstep.image.PictureReader;

/**
 * How a source is read.
 *
 * @param several kind of a sample with several pictures that does not say so itself: {@link SampleKind#EDIT} or
 *     {@link SampleKind#INTERLEAVED}
 * @param reader decodes every picture once, so that what is built can be read
 */
public record SourceOptions(SampleKind several, PictureReader reader) {
    /** Several pictures are an edit; the usual limits for pictures. */
    public static final SourceOptions DEFAULT = new SourceOptions(SampleKind.EDIT, new PictureReader());

    /** Checks the kind. */
    public SourceOptions {
        if (several != SampleKind.EDIT && several != SampleKind.INTERLEAVED) {
            throw new IllegalArgumentException(
                    "samples with several pictures are image_editing or interleave, not " + several.id());
        }
    }
}
