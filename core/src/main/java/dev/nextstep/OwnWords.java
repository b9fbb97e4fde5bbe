package dev.nextstep;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The words that a model's own file adds to prompts, and when it does not: a model that was trained on captions which name
 * one of some styles draws a mixture of all where a prompt names none. Its file adds a style, but not to prompts that have
 * one.
 *
 * @param text the model's own positive prompt; another one, which somebody asked for, is no concern of this rule
 * @param unless prompts with this word, in capitals or not, are left alone
 */
record OwnWords(String text, Optional<Pattern> unless) {
    /**
     * The rule of a model.
     *
     * @param defaults its settings
     * @param word of {@code positive_prompt_unless}: letters and digits
     */
    static OwnWords of(DrawingSettings defaults, Optional<String> word) {
        int flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;
        return new OwnWords(defaults.positivePrompt(), word.map(w -> Pattern.compile("\\b" + w + "\\b", flags)));
    }

    /** Settings for a prompt: without the model's own words if the prompt says them itself. */
    DrawingSettings settings(DrawingSettings resolved, String prompt) {
        boolean own = !text.isEmpty() && resolved.positivePrompt().equals(text);
        boolean said = unless.filter(pattern -> pattern.matcher(prompt).find()).isPresent();
        return own && said ? resolved.withPositive("") : resolved;
    }
}
