package dev.nextstep;

import java.util.List;

/**
 * A wish for text.
 *
 * @param prompt text to go on from
 * @param maxTokens most tokens to write
 * @param temperature 0 for the most likely token each time
 * @param topK only the k most likely tokens; 0 for all
 * @param topP only the most likely tokens that together have this probability; 1 for all
 * @param seed of the random choices
 * @param stops special tokens that end the text besides the end-of-text token, such as
 *     {@code <|end_of_thinking|>}; one that the model does not know is an error
 */
public record TextRequest(
        String prompt, int maxTokens, float temperature, int topK, float topP, long seed, List<String> stops) {
    public TextRequest {
        stops = List.copyOf(stops);
    }

    /** The most likely text of at most {@code maxTokens} tokens. */
    public static TextRequest greedy(String prompt, int maxTokens) {
        return new TextRequest(prompt, maxTokens, 0, 0, 1, 0, List.of());
    }
}
