package dev.nextstep.prompt;

/** Whether rows begin with the tokenizer's beginning-of-text token (spec §5.7). Qwen2.5 has none: no difference. */
public enum BosRule {
    /** Never: the code of August 2025. */
    NEVER,
    /** If the tokenizer has one: the model repositories' code and that of February 2026. */
    IF_PRESENT
}
