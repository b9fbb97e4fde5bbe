package dev.nextstep.server.drawing;

import dev.nextstep.workflow.batch.BatchModel;
import dev.nextstep.workflow.batch.PictureFiles;
import dev.nextstep.workflow.batch.PictureRecord;
import dev.nextstep.workflow.batch.PlannedPicture;
import dev.nextstep.workflow.batch.RecordJson;
import dev.nextstep.workflow.batch.Tries;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/**
 * What is known of a finished picture of a list and cannot be seen in its file: its tokens are gone then.
 *
 * @param record of its files, as JSON
 * @param metadata the file that lies beside it in the package
 */
public record PictureDetails(String record, String metadata) {
    /**
     * Those of a picture that was just drawn.
     *
     * @param request the job's
     * @param number of the picture in the job
     * @param best of its tries
     * @param seconds that it took
     */
    public static PictureDetails of(
            Studio studio, PictureRequest request, int number, Tries.Best best, double seconds) {
        var model = BatchModel.of(studio.model());
        var planned = planned(studio, request, number);
        var drawn = PictureFiles.Drawn.of(best, seconds);
        var picture = best.picture();
        var metadata = PictureFiles.metadata(planned, drawn, model);
        var files = new ArrayList<PictureRecord.WrittenFile>();
        PictureFiles.pictures(planned, picture.pixels(), picture.recipe().toTexts(), request.quality())
                .forEach(file -> files.add(file.described()));
        files.add(metadata.described());
        return new PictureDetails(
                RecordJson.text(drawn.record(planned, files)), new String(metadata.bytes(), StandardCharsets.UTF_8));
    }

    /** A picture of a list as its plan has it. */
    public static PlannedPicture planned(Studio studio, PictureRequest request, int number) {
        var own = request.list().orElseThrow().pictures().get(number);
        return new PlannedPicture(
                number, own.prompt(), studio.generateRequest(request, number), own.preset(), own.name(), own.formats());
    }
}
