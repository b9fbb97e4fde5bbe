package dev.nextstep.data.emoji;

/** How a label stands in a sentence. */
enum NounKind {
    /** With “a” or “an”. */
    COUNTABLE,
    /** Without article; things “are”. */
    PLURAL,
    /** Without article; a substance, a game, a person's name. */
    MASS,
    /** Not a noun: only as “the … emoji”. */
    NAME
}
