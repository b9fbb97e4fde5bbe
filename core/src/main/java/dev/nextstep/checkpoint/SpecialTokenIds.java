package dev.nextstep.checkpoint;

import java.util.OptionalInt;

/**
 * Token ids that {@code config.json} names (spec §1.3); each is in 0..vocabularySize − 1 or absent.
 *
 * @param beginOfText {@code bos_token_id}
 * @param endOfText {@code eos_token_id}; the first one if the file lists several
 * @param pad {@code pad_token_id_added}, the id of {@code [PAD]}
 * @param beginOfImage {@code boi}
 * @param endOfImage {@code eoi}
 * @param imagePlaceholder {@code image_placeholder_id}, formerly {@code image_placeholder}
 */
public record SpecialTokenIds(
        OptionalInt beginOfText,
        OptionalInt endOfText,
        OptionalInt pad,
        OptionalInt beginOfImage,
        OptionalInt endOfImage,
        OptionalInt imagePlaceholder) {}
