package dev.nextstep.server.images;

import dev.nextstep.server.http.Doc;
import dev.nextstep.server.queue.TokenCounts;

/**
 * What was read and drawn, as clients of OpenAI's API know it.
 *
 * @param inputTokens tokens that were read
 * @param inputTokensDetails of which kinds
 * @param outputTokens image tokens that were drawn
 * @param totalTokens both together
 */
public record UsageView(
        @Doc("Tokens that were read.") int inputTokens,
        @Doc("Of which kinds.") InputTokensDetails inputTokensDetails,
        @Doc("Image tokens that were drawn.") int outputTokens,
        @Doc("Both together.") int totalTokens) {

    /**
     * Kinds of tokens that are read.
     *
     * @param textTokens of prompts
     * @param imageTokens of source pictures
     */
    public record InputTokensDetails(
            @Doc("Tokens of prompts.") int textTokens,
            @Doc("Tokens of source pictures.") int imageTokens) {}

    /** The counts of a job, or of one of its pictures. */
    public static UsageView of(TokenCounts counts) {
        return new UsageView(
                counts.input(),
                new InputTokensDetails(counts.text(), counts.images()),
                counts.output(),
                counts.total());
    }
}
