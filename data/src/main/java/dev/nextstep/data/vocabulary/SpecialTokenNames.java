package dev.nextstep.data.vocabulary;

import dev.nextstep.prompt.SpecialTokens;
import java.util.List;

/** The special tokens in the order in which NextStep adds them behind the vocabulary (spec §1.3). */
final class SpecialTokenNames {
    static final List<String> ALL = List.of(
            SpecialTokens.EOS,
            SpecialTokens.PAD,
            SpecialTokens.IMAGE_AREA,
            SpecialTokens.BEGIN_OF_IMAGE,
            SpecialTokens.END_OF_IMAGE,
            SpecialTokens.IMAGE_PLACEHOLDER,
            "<|begin_of_prompt_refinement|>",
            "<|end_of_prompt_refinement|>",
            "<|begin_of_thinking|>",
            "<|end_of_thinking|>");

    /** Those that {@code special_tokens_map.json} lists without a role of their own. */
    static final List<String> ADDITIONAL = ALL.subList(2, ALL.size());

    private SpecialTokenNames() {}
}
