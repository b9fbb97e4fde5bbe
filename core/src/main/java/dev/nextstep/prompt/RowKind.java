package dev.nextstep.prompt;

/** What a row conditions on. */
public enum RowKind {
    /** Caption with its pictures and the positive prompt. */
    CONDITIONAL,
    /** The caption's pictures and the negative prompt, without the caption. */
    IMAGE_AND_NEGATIVE,
    /** The negative prompt. */
    NEGATIVE
}
