package dev.nextstep.data.emoji;

/**
 * Whether pictures are followed by what they show. A model that has to say what a picture shows learns to recognise it;
 * edits need that wherever the target looks different from the source all over, as in another style.
 */
public enum Descriptions {
    /** No such samples. */
    NONE,
    /** One of each picture in training, of the glyphs of pictures and of edits. */
    OF_EACH_PICTURE
}
