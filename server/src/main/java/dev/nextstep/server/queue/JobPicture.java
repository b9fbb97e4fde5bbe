package dev.nextstep.server.queue;

import dev.nextstep.server.drawing.ArtifactWarning;
import dev.nextstep.server.drawing.PictureTries;
import dev.nextstep.server.drawing.RowStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One picture of a job as it stands in the database.
 *
 * @param jobId its job
 * @param index its number in the job, from 0
 * @param state how far it is
 * @param version of the job in which it changed last
 * @param totalRows rows of tokens
 * @param finishedRows rows of tokens that are final
 * @param partialRows rows that the partial picture has
 * @param partialHash content: a picture of the first rows, if one was wanted
 * @param snapshotHash content: the state to go on from
 * @param resultHash content: the file of the picture
 * @param resultBytes its length
 * @param rowStatistics how the tokens of each finished row are spread, as far as it was noted
 * @param warnings what in the finished picture is rare in sound ones
 * @param tries how often it was drawn until it was good enough, if that was asked for
 * @param worker the server that draws it
 * @param error why it failed
 */
public record JobPicture(
        String jobId,
        int index,
        JobState state,
        long version,
        int totalRows,
        int finishedRows,
        int partialRows,
        Optional<String> partialHash,
        Optional<String> snapshotHash,
        Optional<String> resultHash,
        OptionalLong resultBytes,
        List<RowStatistics> rowStatistics,
        List<ArtifactWarning> warnings,
        Optional<PictureTries> tries,
        Optional<String> worker,
        Optional<JobError> error) {
    public JobPicture {
        rowStatistics = List.copyOf(rowStatistics);
        warnings = List.copyOf(warnings);
    }
}
