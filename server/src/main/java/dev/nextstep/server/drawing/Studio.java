package dev.nextstep.server.drawing;

import dev.nextstep.Drawing;
import dev.nextstep.DrawingSettings;
import dev.nextstep.EditRequest;
import dev.nextstep.GenerateRequest;
import dev.nextstep.ImageTokens;
import dev.nextstep.Kept;
import dev.nextstep.LateSteps;
import dev.nextstep.NextStep;
import dev.nextstep.Picture;
import dev.nextstep.RequestBuilder;
import dev.nextstep.Snapshot;
import dev.nextstep.flow.Sampler;
import dev.nextstep.image.PictureLimits;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import dev.nextstep.prompt.SpecialTokenText;
import dev.nextstep.server.safety.ContentRules;
import dev.nextstep.server.safety.PictureFilter;
import dev.nextstep.server.store.ContentStore;
import dev.nextstep.workflow.batch.BatchModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Draws what requests ask for. Safe for use by several threads. */
public final class Studio {
    private final NextStep model;
    private final ContentStore store;
    private final PictureReader reader;
    private final ContentRules rules;
    // A source picture takes up to a gigabyte while it is unpacked.
    private final Semaphore unpacking = new Semaphore(2);

    /** Draws whatever is asked for with that model. */
    public Studio(NextStep model, ContentStore store, PictureLimits limits) {
        this(model, store, limits, ContentRules.NONE);
    }

    /**
     * Draws with that model what the rules allow; sources are taken from that store, and none of them has more pixels than these
     * limits allow.
     */
    public Studio(NextStep model, ContentStore store, PictureLimits limits, ContentRules rules) {
        this.model = model;
        this.store = store;
        this.reader = new PictureReader(limits);
        this.rules = rules;
    }

    /** The model. */
    public NextStep model() {
        return model;
    }

    /** Settings where a request leaves them open. */
    public DrawingSettings defaults(Task task) {
        return task == Task.GENERATE ? model.generateDefaults() : model.editDefaults();
    }

    /**
     * Reads a picture that somebody sent.
     *
     * @param name what messages call it
     * @throws dev.nextstep.image.PictureException if it is none, or too large
     */
    public Pixels read(byte[] file, String name) {
        return reader.read(file, name);
    }

    /** A mask as the model wants it: light where something new is drawn. Where a file has transparency, that is meant. */
    public Pixels readMask(byte[] file, String name) {
        return reader.transparency(file, name).orElseGet(() -> reader.read(file, name));
    }

    /** Pixels of a token's side. */
    public int pixelsPerToken() {
        return model.parts().pixelsPerToken();
    }

    /** Rows of tokens of each picture of a request whose pictures are alike. */
    public int rows(PictureRequest request) {
        return request.height() / pixelsPerToken();
    }

    /** Tokens of each picture, likewise. */
    public int tokens(PictureRequest request) {
        return rows(request) * (request.width() / pixelsPerToken());
    }

    /**
     * A request that can be drawn, as far as can be told before.
     *
     * @param request with nothing left open
     * @param memory heap that one picture needs at its peak, in bytes
     * @param imageTokens tokens of its source pictures
     */
    public record Checked(PictureRequest request, long memory, int imageTokens) {}

    /**
     * Looks whether each picture of a request can be drawn by this model, and fills in the size that an edit gives.
     *
     * @throws IllegalArgumentException if one cannot; the message says which setting is to blame and what would do
     * @throws dev.nextstep.image.PictureException if a source is no picture
     * @throws dev.nextstep.server.http.ApiException if the rules do not allow it
     */
    public Checked check(PictureRequest request) {
        request.prompts().forEach(rules::requireText);
        rules.requireText(request.positivePrompt());
        var sources = sources(request);
        sources.forEach(source -> rules.requirePicture(source, PictureFilter.Origin.SOURCE));
        var mask = mask(request);
        var complete = request;
        if (request.width() == 0) {
            var settings = model.settings(editRequest(request, 0, sources, mask));
            complete = request.withSize(settings.width(), settings.height());
        }
        long most = 0;
        for (int prompt = 0; prompt < complete.prompts().size(); prompt++) {
            int picture = prompt * complete.count();
            var estimate = switch (complete.task()) {
                case GENERATE -> model.memory(generateRequest(complete, picture));
                case EDIT -> model.memory(editRequest(complete, picture, sources, mask));
            };
            most = Math.max(most, estimate.bytes());
        }
        return new Checked(complete, most, imageTokens(sources, complete));
    }

    private int imageTokens(List<Pixels> sources, PictureRequest request) {
        if (sources.isEmpty()) {
            return 0;
        }
        int tokens = 0;
        var settings = model.settings(editRequest(request, 0, sources, Optional.empty()));
        for (var source : sources) {
            var fitted =
                    model.sizeFor(source.width(), source.height(), settings).resolve(settings);
            tokens += fitted.width() / pixelsPerToken() * (fitted.height() / pixelsPerToken());
        }
        return tokens;
    }

    /** Text tokens of all prompts, each counted once for each of its pictures. */
    public int textTokens(PictureRequest request) {
        var tokenizer = model.parts().tokenizer();
        return request.count()
                * request.prompts().stream()
                        .mapToInt(prompt -> tokenizer.encode(prompt, SpecialTokenText.AS_TEXT).length)
                        .sum();
    }

    /** Begins to draw one picture of a request. */
    public Drawing draw(PictureRequest request, int picture) {
        return switch (request.task()) {
            case GENERATE -> model.submit(generateRequest(request, picture));
            case EDIT -> {
                unpacking.acquireUninterruptibly();
                try {
                    yield model.submit(editRequest(request, picture, sources(request), mask(request)));
                } finally {
                    unpacking.release();
                }
            }
        };
    }

    /**
     * Begins another try of a picture from words.
     *
     * @param request the same wish with another seed
     */
    public Drawing drawAgain(GenerateRequest request) {
        return model.submit(request);
    }

    /**
     * Begins another try of a picture.
     *
     * @param picture whose first rows are kept
     * @param rows how many
     * @param seed of the rows that follow
     */
    public Drawing drawAgain(Picture picture, int rows, long seed) {
        return model.submit(model.snapshot(picture).keepRows(rows).withSeed(seed));
    }

    /**
     * Goes on with what was drawn before.
     *
     * @throws dev.nextstep.SnapshotException if it is of another model
     */
    public Drawing resume(byte[] snapshot) {
        return model.submit(Snapshot.of(snapshot));
    }

    /**
     * The file of a picture, with the recipe in it.
     *
     * @throws dev.nextstep.server.http.ApiException if the rules do not let it be shown
     */
    public byte[] encode(PictureRequest request, Picture picture) {
        rules.requirePicture(picture.pixels(), PictureFilter.Origin.FINISHED);
        return encode(request, picture.pixels(), picture.recipe().toTexts());
    }

    /** How the tokens of each of its rows are spread. */
    public List<RowStatistics> statistics(PictureRequest request, Picture picture) {
        int rows = rows(request);
        return RowStatistics.of(new ImageTokens(rows, tokens(request) / rows, picture.tokens()));
    }

    /** What in a finished picture is rare in sound ones. */
    public List<ArtifactWarning> warnings(Picture picture) {
        return ArtifactWarning.of(picture, BatchModel.of(model), pixelsPerToken());
    }

    /**
     * The file of rows that are finished.
     *
     * @throws dev.nextstep.server.http.ApiException if the rules do not let them be shown
     */
    public byte[] encodePartial(PictureRequest request, Pixels rows) {
        rules.requirePicture(rows, PictureFilter.Origin.PARTIAL);
        return encode(request, rows, Map.of());
    }

    private static byte[] encode(PictureRequest request, Pixels pixels, Map<String, String> texts) {
        return PictureWriter.encode(pixels, request.format(), new WriteOptions(request.quality(), texts));
    }

    /** What the model is asked for, of a picture from words. */
    public GenerateRequest generateRequest(PictureRequest request, int picture) {
        return with(request.only(picture), GenerateRequest.builder(request.prompt(picture)))
                .build();
    }

    private EditRequest editRequest(PictureRequest request, int picture, List<Pixels> sources, Optional<Pixels> mask) {
        var builder = with(
                        request.only(picture),
                        EditRequest.builder(request.prompt(picture), sources.toArray(Pixels[]::new)))
                .imageGuidanceScale(request.imageGuidanceScale());
        mask.ifPresent(light -> builder.keep(new Kept.Unmarked(sources.getFirst(), light)));
        return builder.build();
    }

    private List<Pixels> sources(PictureRequest request) {
        var sources = new ArrayList<Pixels>();
        for (var hash : request.sources()) {
            sources.add(read(content(hash), "image"));
        }
        return sources;
    }

    private Optional<Pixels> mask(PictureRequest request) {
        return request.mask().map(hash -> readMask(content(hash), "mask"));
    }

    private byte[] content(String hash) {
        return store.get(hash).orElseThrow(() -> new IllegalStateException("not in the store: " + hash));
    }

    private <B extends RequestBuilder<B>> B with(PictureRequest request, B builder) {
        if (request.width() > 0) {
            builder.size(request.width(), request.height());
        }
        builder.sampler(Sampler.of(request.sampler()))
                .steps(request.steps())
                .guidanceScale(request.guidanceScale())
                .timestepShift(request.timestepShift())
                .positivePrompt(request.positivePrompt())
                .negativePrompt(request.negativePrompt())
                .seed(request.seed())
                .firstIndex(request.firstIndex());
        request.lateSteps().map(LateSteps::parse).ifPresent(builder::lateSteps);
        request.guidanceEvery().ifPresent(builder::guidanceEvery);
        int columns = request.width() / pixelsPerToken();
        for (var branch : request.branches()) {
            builder.reroll(branch.row() * columns, branch.seed());
        }
        return builder;
    }
}
