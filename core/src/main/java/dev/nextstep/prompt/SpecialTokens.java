package dev.nextstep.prompt;

import java.util.ArrayList;
import java.util.OptionalInt;

/**
 * Ids of the tokens that frame pictures and rows (spec §1.3). In the official models: 151643, 151665, 151666, 151667,
 * 151668, 151669, no bos.
 *
 * @param eos {@code <|endoftext|>}, end of a training sequence
 * @param pad {@code [PAD]}, fills rows on the left
 * @param imageArea {@code <|image_area|>}, followed by the size as text, such as {@code 32*32}
 * @param beginOfImage {@code <|begin_of_image|>}
 * @param endOfImage {@code <|end_of_image|>}
 * @param imagePlaceholder {@code <|image_placeholder|>}, stands where a token of a source picture is put
 * @param bos beginning of text, only if {@code tokenizer_config.json} names one
 */
public record SpecialTokens(
        int eos, int pad, int imageArea, int beginOfImage, int endOfImage, int imagePlaceholder, OptionalInt bos) {

    /** Spellings of the tokens. */
    public static final String EOS = "<|endoftext|>";

    public static final String PAD = "[PAD]";
    public static final String IMAGE_AREA = "<|image_area|>";
    public static final String BEGIN_OF_IMAGE = "<|begin_of_image|>";
    public static final String END_OF_IMAGE = "<|end_of_image|>";
    public static final String IMAGE_PLACEHOLDER = "<|image_placeholder|>";

    /**
     * Ids as the model's {@code config.json} gives them; empty where it does not.
     *
     * @param eos {@code eos_token_id}
     * @param pad {@code pad_token_id_added}
     * @param beginOfImage {@code boi}
     * @param endOfImage {@code eoi}
     * @param imagePlaceholder {@code image_placeholder_id}
     */
    public record Configured(
            OptionalInt eos,
            OptionalInt pad,
            OptionalInt beginOfImage,
            OptionalInt endOfImage,
            OptionalInt imagePlaceholder) {}

    /**
     * Finds the tokens by name.
     *
     * @throws PromptException if one is missing; the message names it
     */
    public static SpecialTokens find(TextTokenizer tokenizer) {
        var missing = new ArrayList<String>();
        int eos = id(tokenizer, EOS, missing);
        int pad = id(tokenizer, PAD, missing);
        int area = id(tokenizer, IMAGE_AREA, missing);
        int begin = id(tokenizer, BEGIN_OF_IMAGE, missing);
        int end = id(tokenizer, END_OF_IMAGE, missing);
        int placeholder = id(tokenizer, IMAGE_PLACEHOLDER, missing);
        var bos = OptionalInt.empty();
        if (tokenizer.bosToken().isPresent()) {
            bos = OptionalInt.of(id(tokenizer, tokenizer.bosToken().get(), missing));
        }
        if (!missing.isEmpty()) {
            throw new PromptException(
                    "the tokenizer lacks %s; a NextStep tokenizer has them all, a plain Qwen2.5 one does not"
                            .formatted(String.join(", ", missing)));
        }
        return new SpecialTokens(eos, pad, area, begin, end, placeholder, bos);
    }

    /**
     * Finds the tokens by name and holds them against the model's configuration.
     *
     * @throws PromptException if one is missing, or if tokenizer and configuration disagree; the message names which
     */
    public static SpecialTokens find(TextTokenizer tokenizer, Configured configured) {
        var found = find(tokenizer);
        var wrong = new ArrayList<String>();
        compare(EOS, found.eos, "eos_token_id", configured.eos, wrong);
        compare(PAD, found.pad, "pad_token_id_added", configured.pad, wrong);
        compare(BEGIN_OF_IMAGE, found.beginOfImage, "boi", configured.beginOfImage, wrong);
        compare(END_OF_IMAGE, found.endOfImage, "eoi", configured.endOfImage, wrong);
        compare(IMAGE_PLACEHOLDER, found.imagePlaceholder, "image_placeholder_id", configured.imagePlaceholder, wrong);
        if (!wrong.isEmpty()) {
            throw new PromptException("tokenizer and config.json disagree: %s; they belong to different models"
                    .formatted(String.join("; ", wrong)));
        }
        return found;
    }

    private static int id(TextTokenizer tokenizer, String token, ArrayList<String> missing) {
        var id = tokenizer.id(token);
        if (id.isEmpty()) {
            missing.add(token);
        }
        return id.orElse(-1);
    }

    private static void compare(String token, int found, String key, OptionalInt configured, ArrayList<String> wrong) {
        if (configured.isPresent() && configured.getAsInt() != found) {
            wrong.add("%s is %d in the tokenizer, %s is %d in config.json"
                    .formatted(token, found, key, configured.getAsInt()));
        }
    }
}
