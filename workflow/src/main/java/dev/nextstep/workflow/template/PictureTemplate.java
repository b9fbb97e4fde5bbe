package dev.nextstep.workflow.template;

import dev.nextstep.workflow.batch.Shape;
import java.util.Map;
import java.util.Optional;

/**
 * A picture of a workflow.
 *
 * @param name of its file, without ending
 * @param title for people, with placeholders
 * @param prompt with placeholders
 * @param shortPrompt for small models, with placeholders
 * @param note for people, with placeholders; may be empty
 * @param shape of the picture
 * @param preset a quality by name
 * @param only values of choices for which it is drawn; empty: always
 */
public record PictureTemplate(
        String name,
        Words title,
        Words prompt,
        Optional<Words> shortPrompt,
        Words note,
        Optional<Shape> shape,
        Optional<String> preset,
        Map<String, String> only) {
    /** Copies the map. */
    public PictureTemplate {
        only = Map.copyOf(only);
    }

    /** The prompt of that length, or the only one. */
    Words prompt(PromptLength length) {
        return length == PromptLength.SHORT ? shortPrompt.orElse(prompt) : prompt;
    }
}
