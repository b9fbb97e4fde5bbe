package dev.nextstep.workflow.template;

/** Which prompts of a workflow are used. */
public enum PromptLength {
    /** Those with all that a large model understands. */
    FULL,
    /** The short ones, where a picture has one: for small models that know names of things and little more. */
    SHORT
}
