package dev.nextstep.fuzz;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.GuidanceLayout;
import dev.nextstep.prompt.HuggingFace;
import dev.nextstep.prompt.PromptBuilder;
import dev.nextstep.prompt.PromptException;
import dev.nextstep.prompt.PromptRequest;
import dev.nextstep.prompt.SpecialTokenText;
import dev.nextstep.prompt.SpecialTokens;
import dev.nextstep.prompt.TextTokenizer;
import dev.nextstep.testing.Golden;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;

/**
 * What a user types. The first byte chooses the settings, the second splits the rest into caption and negative prompt; a
 * text must come back from its ids, its ids must be those of Hugging Face's library, and no typed text may pass for a
 * picture.
 */
final class PromptTextFuzz implements FuzzTarget {
    /** The library takes ten times as long as all the rest, so only one text in so many is shown to it. */
    private static final int TEXTS_PER_COMPARISON = 16;

    private final HuggingFaceTokenizer library =
            HuggingFace.open(Golden.folder("lm/tiny-b").resolve("tokenizer.json"));
    private final TextTokenizer tokenizer = TextTokenizer.read(Golden.folder("lm/tiny-b"));
    private final SpecialTokens special = SpecialTokens.find(tokenizer);
    private final PromptBuilder builder = new PromptBuilder(tokenizer, special);

    @Override
    public List<byte[]> seeds() {
        return List.of(
                seed(0, "a lighthouse at dusk, 35mm; it's 12 o'clock\n\n  “Übergröße” 夕暮れ 🦊 <|endoftext|>"),
                seed(5, "put <image> onto <image><|image_placeholder|> e\u0301 \u1100\u1161\u11A8 नमस्ते"),
                seed(2, "<|image_area|>32*32<|begin_of_image|>"));
    }

    private static byte[] seed(int settings, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[utf8.length + 2];
        out[0] = (byte) settings;
        out[1] = (byte) (utf8.length / 2);
        System.arraycopy(utf8, 0, out, 2, utf8.length);
        return out;
    }

    @Override
    public void read(byte[] input) {
        if (input.length < 2) {
            return;
        }
        int settings = input[0];
        int cut = Math.min(input.length, 2 + (input[1] & 255));
        String caption = new String(input, 2, cut - 2, StandardCharsets.UTF_8);
        // UTF-16 as well, so that lone surrogates come.
        String negative = new String(
                input,
                cut,
                input.length - cut,
                (settings & 1) == 0 ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16BE);
        comesBack(caption);
        rows(settings, caption, negative);
    }

    private void comesBack(String text) {
        String plain = tokenizer.decode(tokenizer.encode(text, SpecialTokenText.AS_TEXT));
        int[] ids = tokenizer.encode(text, SpecialTokenText.AS_TOKENS);
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        boolean isAsJavaComposes = plain.equals(composed);
        // Java's Unicode tables are younger than the library's. Marks that only Java knows may stand in another order,
        // never become another text; what order is right, the library says.
        if (!isAsJavaComposes
                && !Normalizer.normalize(plain, Normalizer.Form.NFC).equals(composed)) {
            throw new AssertionError("text does not come back: " + text);
        }
        if ((!isAsJavaComposes || Math.floorMod(text.hashCode(), TEXTS_PER_COMPARISON) == 0)
                && !Arrays.equals(ids, HuggingFace.encode(library, text))) {
            throw new AssertionError("ids are not the library's: " + text);
        }
        var decoder = tokenizer.decoder();
        var streamed = new StringBuilder();
        for (int id : ids) {
            streamed.append(decoder.push(id));
        }
        if (!streamed.append(decoder.flush()).toString().equals(tokenizer.decode(ids))) {
            throw new AssertionError("streamed text differs: " + text);
        }
    }

    private void rows(int settings, String caption, String negative) {
        boolean withPictures = (settings & 4) != 0;
        var request = PromptRequest.of(List.of(caption), new Grid(2, 3))
                .withNegative(negative)
                .withGuidance(withPictures ? GuidanceLayout.TEXT_AND_IMAGE : GuidanceLayout.TEXT);
        int pictures = 0;
        for (int at = caption.indexOf("<image>"); at >= 0; at = caption.indexOf("<image>", at + 7)) {
            pictures++;
        }
        if (withPictures) {
            request = request.withPictures(java.util.Collections.nCopies(pictures, new Grid(1, 2)));
        }
        var rows = builder.build(request);
        for (int[] row : rows.paddedIds()) {
            long placeholders = Arrays.stream(row)
                    .filter(id -> id == special.imagePlaceholder())
                    .count();
            if (row.length != rows.length() || placeholders > 2L * pictures) {
                throw new AssertionError("a row of " + row.length + " ids with " + placeholders + " placeholders");
            }
        }
        if ((settings & 2) != 0) {
            builder.build(request.withSpecialTokenText(SpecialTokenText.AS_TOKENS));
        }
    }

    @Override
    public Class<PromptException> refusal() {
        return PromptException.class;
    }
}
