package dev.nextstep.data.sequence;

/** Where the picture of a captioned picture stands (spec §8.2). */
public enum PictureOrder {
    /** Caption, picture: the model draws what it reads. */
    CAPTION_FIRST,
    /** Picture, caption: the model draws without a text, which guidance needs, and then writes the caption. */
    PICTURE_FIRST
}
