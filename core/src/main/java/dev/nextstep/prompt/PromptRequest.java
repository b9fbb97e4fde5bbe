package dev.nextstep.prompt;

import java.util.List;

/**
 * What to draw, in words and sizes (spec §5). Made with {@link #of}, then changed by the {@code with…} methods.
 *
 * @param captions at least one; an empty caption is allowed and gives an unconditional picture
 * @param pictures sizes of the source pictures. If there are any, the captions must hold as many {@code <image>} tags,
 *     any number per caption, and picture i goes where tag i stands. If there are none, the tag is ordinary text
 * @param picturesPerCaption pictures to generate for each caption, at least 1
 * @param positive added to every caption after a space, unless empty
 * @param negative text of the guidance rows, may be empty
 * @param output size of the pictures to generate
 * @param guidance which guidance rows there are
 * @param specialTokenText what to do with special tokens spelled out in captions and prompts
 * @param bosRule whether rows begin with a beginning-of-text token
 */
public record PromptRequest(
        List<String> captions,
        List<Grid> pictures,
        int picturesPerCaption,
        String positive,
        String negative,
        Grid output,
        GuidanceLayout guidance,
        SpecialTokenText specialTokenText,
        BosRule bosRule) {

    /** Where a source picture stands in a caption. */
    public static final String IMAGE_TAG = "<image>";

    private static final int MOST_ROWS = 1 << 16;

    /**
     * @throws PromptException if there is no caption, a number is out of range, tags and pictures do not match, or image
     *     guidance is asked for without pictures
     */
    public PromptRequest {
        captions = List.copyOf(captions);
        pictures = List.copyOf(pictures);
        if (captions.isEmpty()) {
            throw new PromptException(
                    "there is no caption; give at least one, an empty one for an unconditional picture");
        }
        if (picturesPerCaption < 1
                || (long) captions.size() * picturesPerCaption * guidance.rowsPerPicture() > MOST_ROWS) {
            throw new PromptException(
                    "%d pictures for each of %d captions; allowed is at least one, and %d rows with guidance in all"
                            .formatted(picturesPerCaption, captions.size(), MOST_ROWS));
        }
        if (!pictures.isEmpty()) {
            int tags = captions.stream().mapToInt(PromptRequest::tags).sum();
            if (tags != pictures.size()) {
                throw new PromptException(
                        "the captions hold %d %s tags, but there are %d source pictures; put one tag for each"
                                .formatted(tags, IMAGE_TAG, pictures.size()));
            }
        } else if (guidance == GuidanceLayout.TEXT_AND_IMAGE) {
            throw new PromptException("image guidance needs a source picture, and there is none");
        }
    }

    /** One picture per caption, no source pictures, no prompts, no guidance, special tokens as text. */
    public static PromptRequest of(List<String> captions, Grid output) {
        return new PromptRequest(
                captions,
                List.of(),
                1,
                "",
                "",
                output,
                GuidanceLayout.NONE,
                SpecialTokenText.AS_TEXT,
                BosRule.IF_PRESENT);
    }

    /** Number of image tags in a caption. */
    static int tags(String caption) {
        int count = 0;
        for (int at = caption.indexOf(IMAGE_TAG); at >= 0; at = caption.indexOf(IMAGE_TAG, at + IMAGE_TAG.length())) {
            count++;
        }
        return count;
    }

    public PromptRequest withPictures(List<Grid> value) {
        return new PromptRequest(
                captions, value, picturesPerCaption, positive, negative, output, guidance, specialTokenText, bosRule);
    }

    public PromptRequest withPicturesPerCaption(int value) {
        return new PromptRequest(
                captions, pictures, value, positive, negative, output, guidance, specialTokenText, bosRule);
    }

    public PromptRequest withPositive(String value) {
        return new PromptRequest(
                captions, pictures, picturesPerCaption, value, negative, output, guidance, specialTokenText, bosRule);
    }

    public PromptRequest withNegative(String value) {
        return new PromptRequest(
                captions, pictures, picturesPerCaption, positive, value, output, guidance, specialTokenText, bosRule);
    }

    public PromptRequest withGuidance(GuidanceLayout value) {
        return new PromptRequest(
                captions, pictures, picturesPerCaption, positive, negative, output, value, specialTokenText, bosRule);
    }

    public PromptRequest withSpecialTokenText(SpecialTokenText value) {
        return new PromptRequest(
                captions, pictures, picturesPerCaption, positive, negative, output, guidance, value, bosRule);
    }

    public PromptRequest withBosRule(BosRule value) {
        return new PromptRequest(
                captions, pictures, picturesPerCaption, positive, negative, output, guidance, specialTokenText, value);
    }
}
