package dev.nextstep.data;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The marks {@code <image_0>}, {@code <image_1>}, … in a caption (spec §8.2, §8.6). */
public final class ImageTags {
    // Nine digits are beyond every number of pictures and still an int.
    private static final Pattern TAG = Pattern.compile("<image_(\\d{1,9})>");

    private ImageTags() {}

    /** A piece of a caption. */
    public sealed interface Piece {}

    /**
     * Text between marks.
     *
     * @param text not empty
     */
    public record Text(String text) implements Piece {}

    /**
     * A mark.
     *
     * @param picture its number, from 0
     */
    public record Tag(int picture) implements Piece {}

    /** The pieces of a caption in their order. */
    public static List<Piece> split(String caption) {
        var pieces = new ArrayList<Piece>();
        var tag = TAG.matcher(caption);
        int at = 0;
        while (tag.find()) {
            if (tag.start() > at) {
                pieces.add(new Text(caption.substring(at, tag.start())));
            }
            pieces.add(new Tag(Integer.parseInt(tag.group(1))));
            at = tag.end();
        }
        if (at < caption.length()) {
            pieces.add(new Text(caption.substring(at)));
        }
        return pieces;
    }

    /** The numbers of the marks in the order of the caption. */
    public static List<Integer> numbers(String caption) {
        return split(caption).stream()
                .filter(Tag.class::isInstance)
                .map(piece -> ((Tag) piece).picture())
                .toList();
    }

    /** The text without its marks. */
    public static String remove(String caption) {
        return TAG.matcher(caption).replaceAll("");
    }

    /** The mark of a picture. */
    public static String of(int picture) {
        return "<image_" + picture + ">";
    }
}
