package dev.nextstep.server.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nextstep.server.drawing.ArtifactWarning;
import dev.nextstep.server.drawing.PictureTries;
import dev.nextstep.server.drawing.RowStatistics;
import dev.nextstep.server.http.Doc;
import dev.nextstep.server.queue.Job;
import dev.nextstep.server.queue.JobPicture;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A picture of a job as the API tells about it.
 *
 * @param number its number in the job
 * @param prompt its prompt
 * @param index by which pictures of a prompt differ
 * @param settings its own, if it is one of a batch or workflow
 * @param state how far it is
 * @param finishedRows rows of tokens that are final
 * @param rows rows of tokens
 * @param url where the file is
 * @param sha256 hash of the file
 * @param bytes length of the file
 * @param partialUrl where a picture of the first rows is
 * @param partialRows how many rows that has
 * @param rowStatistics how the tokens of its finished rows are spread
 * @param warnings what in it is rare in sound pictures
 * @param tries how often it was drawn until it was good enough
 * @param error why it failed
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@SuppressWarnings("OptionalUsedAsFieldOrParameterType")
public record PictureView(
        @Doc("Its number in the job, from 0.") int number,
        @Doc("Its prompt.") String prompt,

        @Doc("Its index, by which pictures of a prompt and seed differ.")
        int index,

        @Doc("Its own settings, if it is one of a batch or workflow.")
        Optional<OwnSettingsView> settings,

        @Doc("How far it is: queued, running, paused, completed, failed or cancelled.")
        String state,

        @Doc("Rows of tokens that are final; of a list with min_quality, those of one attempt.")
        int finishedRows,

        @Doc("Rows of tokens of the whole picture.") int rows,
        @Doc("Where the file is, when it is there.") Optional<String> url,
        @Doc("SHA-256 of the file, which is also its ETag.") Optional<String> sha256,
        @Doc("Length of the file.") OptionalLong bytes,

        @Doc("Where a picture of the first rows is, if there is one.")
        Optional<String> partialUrl,

        @Doc("How many rows that has.") OptionalLong partialRows,

        @Doc("Mean and variance of the tokens of each finished row, from the top, as far as it was noted.")
        List<RowStatistics> rowStatistics,

        @Doc("What in the finished picture is rare in sound ones: one of twenty sound pictures has each kind.")
        List<ArtifactWarning> warnings,

        @Doc("How often it was drawn until it was good enough, if the list has a least quality.")
        Optional<PictureTries> tries,

        @Doc("Why it failed.") Optional<JobView.ErrorView> error) {

    static PictureView of(Job job, JobPicture picture) {
        var url = "/v1/jobs/%s/pictures/%d".formatted(job.id(), picture.index());
        return new PictureView(
                picture.index(),
                job.request().prompt(picture.index()),
                job.request().index(picture.index()),
                job.request()
                        .list()
                        .map(list -> OwnSettingsView.of(list.pictures().get(picture.index()), picture.tries())),
                picture.state().id(),
                picture.finishedRows(),
                picture.totalRows(),
                picture.resultHash().map(hash -> url),
                picture.resultHash(),
                picture.resultBytes(),
                picture.partialHash().map(hash -> url + "/partial"),
                picture.partialHash().isPresent() ? OptionalLong.of(picture.partialRows()) : OptionalLong.empty(),
                picture.rowStatistics(),
                picture.warnings(),
                picture.tries(),
                picture.error().map(JobView.ErrorView::of));
    }
}
