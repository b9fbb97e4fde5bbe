package dev.nextstep.workflow.batch;

import dev.nextstep.GenerateRequest;
import java.util.List;

/**
 * One picture of a batch, with everything decided.
 *
 * @param index its number in the batch, from 0
 * @param job number of its prompt, from 0
 * @param request what is drawn: one picture
 * @param preset name of the quality it was made with
 * @param name of its files below the output folder, without ending; / between folders
 * @param formats endings of its files: png, jpg, webp
 */
public record PlannedPicture(
        int index, int job, GenerateRequest request, String preset, String name, List<String> formats) {
    /** Copies the list. */
    public PlannedPicture {
        formats = List.copyOf(formats);
    }
}
