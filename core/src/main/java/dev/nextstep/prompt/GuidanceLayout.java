package dev.nextstep.prompt;

/**
 * Which guidance rows go along with every conditional row. Decided once per request from the nominal scales (spec §11
 * #11, #12): a schedule that lowers a scale to 1 for some token changes weights, not rows.
 */
public enum GuidanceLayout {
    /** Conditional rows only. */
    NONE(1),
    /** Conditional rows, then rows of the negative prompt. */
    TEXT(2),
    /** Conditional rows, then rows of pictures with the negative prompt, then rows of the negative prompt. */
    TEXT_AND_IMAGE(3);

    private final int rowsPerPicture;

    GuidanceLayout(int rowsPerPicture) {
        this.rowsPerPicture = rowsPerPicture;
    }

    /** Rows computed for each generated picture: m = 1, 2 or 3. */
    public int rowsPerPicture() {
        return rowsPerPicture;
    }

    /**
     * The layout for two guidance scales.
     *
     * @param guidanceScale {@code cfg}, at least 1; 1 means no guidance
     * @param imageGuidanceScale {@code cfg_img}, at least 1; 1 means no guidance by the source pictures alone
     * @param sourcePictures number of source pictures of the request
     * @throws PromptException for scales below 1 or not finite, and for the two combinations that the reference cannot
     *     compute (spec §11 #11, #13): image guidance without text guidance, and without pictures
     */
    public static GuidanceLayout of(double guidanceScale, double imageGuidanceScale, int sourcePictures) {
        check(guidanceScale, "guidance scale");
        check(imageGuidanceScale, "image guidance scale");
        if (imageGuidanceScale == 1) {
            return guidanceScale == 1 ? NONE : TEXT;
        }
        if (sourcePictures == 0) {
            throw new PromptException(
                    "the image guidance scale is %s, but there is no source picture; set it to 1 or give a picture"
                            .formatted(imageGuidanceScale));
        }
        if (guidanceScale == 1) {
            throw new PromptException(
                    "the image guidance scale is %s while the guidance scale is 1; image guidance needs a guidance scale above 1"
                            .formatted(imageGuidanceScale));
        }
        return TEXT_AND_IMAGE;
    }

    private static void check(double scale, String name) {
        if (!(scale >= 1) || Double.isInfinite(scale)) {
            throw new PromptException(
                    "the %s is %s; allowed are finite numbers from 1 on, 1 meaning no guidance".formatted(name, scale));
        }
    }
}
