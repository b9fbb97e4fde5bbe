package dev.nextstep.server.drawing;

import dev.nextstep.image.PictureFormat;
import java.util.List;

/**
 * What one picture of a list has of its own.
 *
 * @param prompt number of its prompt in the list, from 0
 * @param width in pixels
 * @param height in pixels
 * @param steps sampling steps of each token
 * @param guidanceScale guidance by words
 * @param negativePrompt text of the unconditional row
 * @param seed its seed
 * @param index by which pictures of a prompt differ
 * @param format of the file that is kept; others are made from it
 * @param preset name of the quality it was made with
 * @param name of its files in the package, without ending; / between folders
 * @param formats endings of its files in the package
 */
public record ListedPicture(
        int prompt,
        int width,
        int height,
        int steps,
        float guidanceScale,
        String negativePrompt,
        long seed,
        int index,
        PictureFormat format,
        String preset,
        String name,
        List<String> formats) {
    /** Copies the list. */
    public ListedPicture {
        formats = List.copyOf(formats);
    }
}
