package dev.nextstep.server.drawing;

/** What is asked for. */
public enum Task {
    /** Pictures from words. */
    GENERATE,
    /** Pictures from others and an instruction. */
    EDIT
}
