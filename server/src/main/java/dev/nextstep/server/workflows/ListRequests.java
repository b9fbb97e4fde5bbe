package dev.nextstep.server.workflows;

import dev.nextstep.data.DataException;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.server.config.ServerSettings;
import dev.nextstep.server.drawing.ListedPicture;
import dev.nextstep.server.drawing.PictureList;
import dev.nextstep.server.drawing.PictureRequest;
import dev.nextstep.server.drawing.Studio;
import dev.nextstep.server.drawing.Task;
import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.workflow.batch.BatchJob;
import dev.nextstep.workflow.batch.BatchModel;
import dev.nextstep.workflow.batch.BatchPlan;
import dev.nextstep.workflow.batch.PlannedPicture;
import dev.nextstep.workflow.batch.QualityGate;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import java.util.List;
import java.util.Optional;

/** Makes requests of lists of prompts: the plan is that of the command line, and stands in the job with nothing left open. */
final class ListRequests {
    private final Studio studio;
    private final ServerSettings settings;

    ListRequests(Studio studio, ServerSettings settings) {
        this.studio = studio;
        this.settings = settings;
    }

    /**
     * A list that was asked for.
     *
     * @param title for people
     * @param jobs its prompts
     * @param settings what they leave open
     * @param seed makes the seeds of those that have none
     * @param workflow where they come from
     */
    record Asked(
            String title,
            List<BatchJob> jobs,
            Settings settings,
            long seed,
            Optional<PictureList.OfWorkflow> workflow) {}

    /**
     * The request of a list.
     *
     * @throws ApiException if it asks for more than this server draws, or for what this model cannot draw
     */
    PictureRequest of(Asked asked) {
        requireFew(asked.jobs);
        var model = BatchModel.of(studio.model());
        var plan = plan(asked, model);
        for (var picture : plan.pictures()) {
            requireSmall(picture);
        }
        var list = new PictureList(
                asked.title,
                plan.notes(),
                plan.fingerprint(),
                model.weightsHash(),
                plan.pictures().stream().map(this::listed).toList(),
                asked.workflow,
                Optional.of(QualityGate.of(asked.settings)));
        var first = plan.pictures().getFirst().request();
        var common = first.options().resolve(model.defaults());
        var own = list.pictures().getFirst();
        return new PictureRequest(
                Task.GENERATE,
                studio.model().name(),
                plan.pictures().stream().map(p -> p.request().prompt()).toList(),
                1,
                own.index(),
                own.width(),
                own.height(),
                common.sampler().id(),
                own.steps(),
                own.guidanceScale(),
                common.imageGuidanceScale(),
                common.timestepShift(),
                Optional.of(common.lateSteps().toString()),
                Optional.of(common.guidanceEvery()),
                common.positivePrompt(),
                own.negativePrompt(),
                own.seed(),
                own.format(),
                asked.settings.whole(SettingKey.JPEG_QUALITY),
                0,
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.of(list));
    }

    private static BatchPlan plan(Asked asked, BatchModel model) {
        try {
            return BatchPlan.of(asked.jobs, asked.settings, model, asked.seed);
        } catch (DataException e) {
            throw new ApiException(ApiError.Kind.INVALID_VALUE, String.valueOf(e.getMessage()));
        }
    }

    // Before anything is planned: a short list can ask for millions of pictures.
    private void requireFew(List<BatchJob> jobs) {
        var limits = settings.limits();
        if (jobs.size() > limits.prompts()) {
            throw new ApiException(
                    ApiError.Kind.TOO_LARGE,
                    "the list has %d prompts, and at most %d are taken here; send several"
                            .formatted(jobs.size(), limits.prompts()));
        }
        long most = Math.min(settings.queue().limit(), settings.queue().limitPerKey());
        long pictures = 0;
        for (int i = 0; i < jobs.size(); i++) {
            int count = jobs.get(i).count();
            if (count > limits.pictures()) {
                throw new ApiException(
                        ApiError.Kind.INVALID_VALUE,
                        "prompt %d: count is %d, allowed is 1 to %d here".formatted(i + 1, count, limits.pictures()));
            }
            pictures += count;
        }
        if (pictures > most) {
            throw new ApiException(
                    ApiError.Kind.TOO_LARGE,
                    "the list asks for %d pictures and at most %d may wait".formatted(pictures, most));
        }
    }

    private void requireSmall(PlannedPicture picture) {
        var own = listed(picture);
        if ((long) own.width() * own.height() > settings.limits().pixels()) {
            throw new ApiException(
                    ApiError.Kind.INVALID_VALUE,
                    "prompt %d: the size is %d x %d pixels; at most %d pixels in all are drawn here"
                            .formatted(
                                    picture.job() + 1,
                                    own.width(),
                                    own.height(),
                                    settings.limits().pixels()));
        }
    }

    private ListedPicture listed(PlannedPicture picture) {
        var request = picture.request();
        var options = request.options().resolve(studio.defaults(Task.GENERATE));
        return new ListedPicture(
                picture.job(),
                options.width(),
                options.height(),
                options.steps(),
                options.guidanceScale(),
                options.negativePrompt(),
                request.seed(),
                request.firstIndex(),
                kept(picture.formats()),
                picture.preset(),
                picture.name(),
                picture.formats());
    }

    /** The file that is kept: one that loses nothing if there is one, because the others are made from it. */
    private static PictureFormat kept(List<String> formats) {
        if (formats.contains("png")) {
            return PictureFormat.PNG;
        }
        return formats.contains("webp") ? PictureFormat.WEBP : PictureFormat.JPEG;
    }
}
