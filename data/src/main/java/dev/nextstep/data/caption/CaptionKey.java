package dev.nextstep.data.caption;

import java.util.List;

/**
 * Where a caption is found in a sample, and how often it is taken.
 *
 * @param path name of a field, or names of maps in each other, such as {@code caption_all}, {@code subject_driven}
 * @param ratio share among the captions that a sample has; above 0
 */
public record CaptionKey(List<String> path, double ratio) {
    /** The field of the sample's own caption. */
    public static final String CAPTION = "caption";

    /** Copies the list and checks the range. */
    public CaptionKey {
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("a caption key needs at least one name");
        }
        if (!(ratio > 0) || Double.isInfinite(ratio)) {
            throw new IllegalArgumentException("ratio of caption " + path + " must be above 0, got " + ratio);
        }
    }

    /** A field. */
    public static CaptionKey of(String field, double ratio) {
        return new CaptionKey(List.of(field), ratio);
    }

    /** Whether it holds long descriptions, which tend to begin with "The image shows". */
    boolean isLong() {
        return path.stream().anyMatch(name -> name.contains("_all"));
    }
}
