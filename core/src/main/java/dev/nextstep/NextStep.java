package dev.nextstep;

import dev.nextstep.checkpoint.TaskDefaults;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.LoadedModel;
import dev.nextstep.engine.MemoryEstimate;
import dev.nextstep.engine.TextSampling;
import dev.nextstep.engine.WrittenText;
import dev.nextstep.image.AspectBuckets;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.SourceFit;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.SpecialTokenText;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An open NextStep model: draws, edits, reconstructs and writes.
 *
 * <pre>{@code
 * try (var model = NextStep.open(Path.of("models/emoji"))) {
 *     Picture picture = model.generate(GenerateRequest.of("a red heart"));
 *     picture.write(Path.of("heart.png"));
 * }
 * }</pre>
 *
 * <p>Weights are memory-mapped, so opening is fast and closing matters: nothing may be running then, and nothing may be
 * asked afterwards. All methods may be called from several threads at once. One thread draws for all of them: pictures of
 * different requests, sizes and settings share every read of the weights, join and leave at any token, and share the time
 * evenly. A picture does not depend on what is drawn beside it, to the byte.
 */
public final class NextStep implements AutoCloseable {
    private final LoadedModel model;
    private final PictureCodec codec;
    private final ThreadPoolExecutor painter;
    private final Set<Drawing> open = ConcurrentHashMap.newKeySet();
    private final DrawingSettings generateDefaults;
    private final DrawingSettings editDefaults;
    private final String name;
    private final Arithmetic arithmetic;
    private final DrawingPlans plans;
    private final WeightsHash hash;

    private NextStep(
            LoadedModel model,
            String name,
            Arithmetic arithmetic,
            DrawingSettings generateDefaults,
            DrawingSettings editDefaults,
            OwnWords ownWords) {
        this.model = model;
        this.codec = new PictureCodec(model);
        this.hash = new WeightsHash(model.directory(), WeightsHashes.ofUser());
        this.painter = new ThreadPoolExecutor(
                1,
                1,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("nextstep-painter").factory());
        painter.allowCoreThreadTimeOut(true);
        this.name = name;
        this.arithmetic = arithmetic;
        this.generateDefaults = generateDefaults;
        this.editDefaults = editDefaults;
        this.plans = new DrawingPlans(model, codec, name, arithmetic, generateDefaults, editDefaults, ownWords);
    }

    /** Opens a model directory in the official layout with {@link OpenOptions#DEFAULT}. */
    public static NextStep open(Path directory) {
        return open(directory, OpenOptions.DEFAULT);
    }

    /**
     * Opens a model directory in the official layout (spec §2.1): {@code config.json}, safetensors, {@code
     * tokenizer.json}, {@code vae/}. Settings that suit the model are taken from {@link TaskDefaults#FILE} if it is there.
     *
     * @throws dev.nextstep.checkpoint.CheckpointException if a file is missing or damaged
     * @throws dev.nextstep.tensor.TensorException if a tensor is missing or misshapen
     * @throws dev.nextstep.prompt.PromptException if the text tokenizer cannot be read
     */
    public static NextStep open(Path directory, OpenOptions options) {
        var tasks = TaskDefaults.read(directory);
        var own = tasks.getOrDefault("generate", TaskDefaults.NONE);
        var generate = DrawingSettings.MODEL_CARD.with(own);
        var edit = DrawingSettings.EDIT.with(tasks.getOrDefault("edit", TaskDefaults.NONE));
        return new NextStep(
                LoadedModel.open(directory, options.toLoadOptions()),
                ModelIdentity.idOf(directory),
                options.arithmetic(),
                generate,
                edit,
                OwnWords.of(generate, own.positivePromptUnless()));
    }

    /** Version of this program. */
    public static String version() {
        return Version.VALUE;
    }

    /** Name of the model: {@code org/model@commit} in the cache of a hub, else its folder's. */
    public String name() {
        return name;
    }

    /** Name and, if it is remembered or takes a moment only, {@link #weightsHash}. */
    public ModelIdentity identity() {
        return new ModelIdentity(name, hash.known());
    }

    /** How it computes, as far as it decides bytes. */
    public Arithmetic arithmetic() {
        return arithmetic;
    }

    /**
     * Settings of {@link #generate} where a request leaves them open. The model's own positive prompt is left out where the
     * prompt makes it needless ({@code positive_prompt_unless} in {@link TaskDefaults}); {@link #settings} says what a
     * request is really drawn with.
     */
    public DrawingSettings generateDefaults() {
        return generateDefaults;
    }

    /** Settings of {@link #edit} where a request leaves them open. */
    public DrawingSettings editDefaults() {
        return editDefaults;
    }

    /** The parts of the model, for those who study it. */
    public LoadedModel parts() {
        return model;
    }

    /** Draws one picture from words; for more than one use {@link #generateAll}. */
    public Picture generate(GenerateRequest request) {
        return single(generateAll(request, DrawingListener.NONE, new Cancellation()));
    }

    /**
     * Draws the pictures of a request together: they share every read of the weights.
     *
     * @throws IllegalArgumentException if a setting is out of range for this model; the message says which
     * @throws dev.nextstep.engine.MemoryException if it cannot fit into memory, before anything is computed
     * @throws java.util.concurrent.CancellationException if cancelled, within one token
     */
    public List<Picture> generateAll(GenerateRequest request, DrawingListener listener, Cancellation cancellation) {
        return generateTogether(List.of(request), listener, cancellation);
    }

    /**
     * Draws the pictures of several requests together, such as one prompt with many seeds. Each picture is the same as
     * alone.
     *
     * @param requests at least one; they differ in seed, count and first index only
     * @return the pictures of the first request, then those of the second, …
     * @throws IllegalArgumentException also if prompts or options differ; the rest as in {@link #generateAll}
     */
    public List<Picture> generateTogether(
            List<GenerateRequest> requests, DrawingListener listener, Cancellation cancellation) {
        return draw(plans.of(requests), listener, cancellation);
    }

    /**
     * Begins to draw the pictures of a request and returns at once. What is begun by several calls, of this thread or
     * others, is drawn together.
     *
     * @return where to see how far it is, to wait for the pictures, to pause and to cancel
     * @throws IllegalArgumentException if a setting is out of range for this model; the message says which
     * @throws dev.nextstep.engine.MemoryException if it cannot fit into memory
     * @throws dev.nextstep.engine.EngineFullException if too many pictures wait already
     */
    public Drawing submit(DrawingRequest request) {
        return submit(List.of(request), new Cancellation());
    }

    /**
     * Begins to draw the pictures of several requests and returns at once; errors as in {@link #submit(DrawingRequest)}.
     *
     * @param requests at least one, all of words or all of pictures; they differ in seed, rerolls, count and first index only
     * @param cancellation cancels it as {@link Drawing#cancel} does
     */
    public Drawing submit(List<? extends DrawingRequest> requests, Cancellation cancellation) {
        var work = new Drawing(cancellation);
        start(plans.of(requests), work, cancellation);
        return work;
    }

    private List<Picture> draw(DrawingPlan plan, DrawingListener listener, Cancellation cancellation) {
        var work = new Drawing(cancellation);
        var events = work.beginFollowing();
        start(plan, work, cancellation);
        return work.follow(listener, events);
    }

    private void start(DrawingPlan plan, Drawing work, Cancellation cancellation) {
        hash.prepare();
        var run = new DrawingRun(model, codec, painter, plan, key -> recipe(plan, key), work, cancellation);
        open.add(work);
        var _ = work.pictures().whenComplete((pictures, failure) -> open.remove(work));
        try {
            run.start();
        } catch (RuntimeException | Error e) {
            open.remove(work);
            throw e;
        }
    }

    private Recipe recipe(DrawingPlan plan, PictureKey key) {
        return new Recipe(
                plan.task(),
                plan.prompt(),
                plan.settings(),
                key.seed(),
                key.index(),
                plan.named(),
                identity(),
                arithmetic,
                version(),
                key.rerolls(),
                plan.kept().map(DrawingPlan.KeptInput::part));
    }

    /**
     * Heap memory that a request needs at its peak if all of its pictures are drawn at once, without drawing it. With less,
     * fewer are drawn at a time; what is not enough for one is refused.
     *
     * @throws IllegalArgumentException if a setting is out of range for this model
     */
    public MemoryEstimate memory(GenerateRequest request) {
        var settings = plans.settings(request);
        var rows = DrawingRun.rows(model, codec, settings, request.prompt(), List.of(), request.count());
        return MemoryEstimate.of(model, rows, settings.mostSteps(), request.count());
    }

    /**
     * Heap memory that an edit needs, as {@link #memory(GenerateRequest)}.
     *
     * @throws IllegalArgumentException if a setting is out of range for this model, or does not go with the source pictures
     */
    public MemoryEstimate memory(EditRequest request) {
        var plan = plans.of(List.of(request));
        var grids = plan.sources().stream().map(TokenInput::grid).toList();
        var rows = DrawingRun.rows(model, codec, plan.settings(), plan.caption(), grids, request.count());
        return MemoryEstimate.of(model, rows, plan.settings().steps(), request.count());
    }

    /**
     * What a request is drawn with: its own settings, the model's where it leaves them open, and for an edit without a size
     * that of the first source.
     *
     * @throws IllegalArgumentException if a setting is out of range for this model
     */
    public DrawingSettings settings(DrawingRequest request) {
        return plans.of(List.of(request)).settings();
    }

    /** Draws one picture from others; for more than one use {@link #editAll}. */
    public Picture edit(EditRequest request) {
        return single(editAll(request, DrawingListener.NONE, new Cancellation()));
    }

    /** Draws the pictures of an editing request together; errors as in {@link #generateAll}. */
    public List<Picture> editAll(EditRequest request, DrawingListener listener, Cancellation cancellation) {
        return editTogether(List.of(request), listener, cancellation);
    }

    /** Draws the pictures of several editing requests together; see {@link #generateTogether}. */
    public List<Picture> editTogether(List<EditRequest> requests, DrawingListener listener, Cancellation cancellation) {
        return draw(plans.of(requests), listener, cancellation);
    }

    /**
     * Begins to go on with what is in a snapshot and returns at once; as {@link #submit(DrawingRequest)}. The pictures are
     * those that an undisturbed drawing would have given, to the byte.
     *
     * @throws SnapshotException if it is of another model or arithmetic
     */
    public Drawing submit(Snapshot snapshot) {
        return submit(snapshot, new Cancellation());
    }

    /** As {@link #submit(Snapshot)}; the cancellation cancels it as {@link Drawing#cancel} does. */
    public Drawing submit(Snapshot snapshot, Cancellation cancellation) {
        var work = new Drawing(cancellation);
        start(plans.of(snapshot), work, cancellation);
        return work;
    }

    /** Draws what is missing of the pictures in a snapshot, as {@link #submit(Snapshot)}; waits for them. */
    public List<Picture> resume(Snapshot snapshot, DrawingListener listener, Cancellation cancellation) {
        return draw(plans.of(snapshot), listener, cancellation);
    }

    /**
     * Begins to draw the first rows of the pictures of requests and returns at once; as {@link #submit(List, Cancellation)}.
     * There are no pictures at the end; {@link Drawing#snapshot} has what they are drawn on from.
     *
     * @param rows rows of tokens (16 pixels in the official models), from 1 to those of the picture
     */
    public Drawing submitRows(List<? extends DrawingRequest> requests, int rows, Cancellation cancellation) {
        return submitRows(plans.of(requests), rows, cancellation);
    }

    /**
     * Begins to go on with a snapshot up to some row; as {@link #submitRows(List, int, Cancellation)}. Pictures that have more
     * rows already stay as they are.
     *
     * @throws IllegalArgumentException also if all of its pictures have the rows
     */
    public Drawing submitRows(Snapshot snapshot, int rows, Cancellation cancellation) {
        if (rows <= snapshot.finishedRows()) {
            throw new IllegalArgumentException(
                    "the snapshot has %d of %d rows already, so it cannot be drawn up to row %d; drop rows first (keepRows)"
                            .formatted(snapshot.finishedRows(), snapshot.rows(), rows));
        }
        return submitRows(plans.of(snapshot), rows, cancellation);
    }

    private Drawing submitRows(DrawingPlan plan, int rows, Cancellation cancellation) {
        var grid = codec.grid(plan.settings().width(), plan.settings().height());
        if (rows < 1 || rows > grid.rows()) {
            throw new IllegalArgumentException("the picture has %d rows of tokens; draw 1 to %d of them first, not %d"
                    .formatted(grid.rows(), grid.rows(), rows));
        }
        var work = new Drawing(cancellation);
        start(plan.until(rows * grid.columns()), work, cancellation);
        return work;
    }

    /** Draws the first rows and waits for them; see {@link #submitRows(List, int, Cancellation)}. */
    public Snapshot firstRows(
            List<? extends DrawingRequest> requests, int rows, DrawingListener listener, Cancellation cancellation) {
        var work = submitRows(requests, rows, cancellation);
        work.await(listener);
        return work.snapshot();
    }

    /** Goes on up to some row and waits for it; see {@link #submitRows(Snapshot, int, Cancellation)}. */
    public Snapshot firstRows(Snapshot snapshot, int rows, DrawingListener listener, Cancellation cancellation) {
        var work = submitRows(snapshot, rows, cancellation);
        work.await(listener);
        return work.snapshot();
    }

    /**
     * A picture drawn by {@link #generate} as a state in which nothing is missing: to go back to an earlier row with {@link
     * Snapshot#keepRows} and on with another seed.
     *
     * @throws IllegalArgumentException if it was made from other pictures; pause its drawing instead
     */
    public Snapshot snapshot(Picture picture) {
        var recipe = picture.recipe();
        if (recipe.task() != Recipe.Task.GENERATE || recipe.kept().isPresent()) {
            throw new IllegalArgumentException(
                    "the picture was made from others, which it does not hold; take the snapshot from its Drawing");
        }
        var grid = codec.grid(recipe.settings().width(), recipe.settings().height());
        return new Snapshot(
                List.of(recipe),
                grid,
                model.backend().tokenDim(),
                List.of(),
                new BitSet(),
                new float[0],
                List.of(picture.tokens()),
                ModelFingerprint.of(model.directory()));
    }

    private static Picture single(List<Picture> pictures) {
        if (pictures.size() != 1) {
            throw new IllegalArgumentException(
                    "the request asks for %d pictures; use the method that returns a list".formatted(pictures.size()));
        }
        return pictures.getFirst();
    }

    Recipe recipe(
            Recipe.Task task, String prompt, DrawingSettings settings, PictureKey key, List<SourcePicture> sources) {
        return new Recipe(task, prompt, settings, key.seed(), key.index(), sources, identity(), arithmetic, version());
    }

    /**
     * A hash over all weights, in 64 hexadecimal digits; see {@link dev.nextstep.checkpoint.ModelDirectory#weightsHash}.
     * Reads all of them, minutes for a large model, and remembers the result in a file of the user's cache folder
     * ({@code nextstep4j/weights}; {@code NEXTSTEP_CACHE} names another) for as long as the model's files stay as they are.
     */
    public String weightsHash() {
        return hash.get();
    }

    /**
     * The size that suits this model for a shape: the aspect bucket nearest to it, at the area of the defaults (spec §4.1).
     *
     * @param width of the shape, in any unit: 3 for 3:2
     * @param height of the shape
     * @param defaults {@link #generateDefaults} or {@link #editDefaults}
     * @return the options with that size and nothing else
     */
    public DrawingOptions sizeFor(double width, double height, DrawingSettings defaults) {
        var grid = codec.bucket(AspectBuckets.nearest(height / width), defaults);
        int side = model.pixelsPerToken();
        return DrawingOptions.NONE.withSize(grid.columns() * side, grid.rows() * side);
    }

    /**
     * Returns if pictures of that size can be drawn, as far as memory allows.
     *
     * @throws IllegalArgumentException unless both sides are multiples of a token's side (16 pixels) within the limits; the
     *     message says which would do
     */
    public void requireSize(int width, int height) {
        codec.grid(width, height);
    }

    /**
     * Encodes a picture to image tokens.
     *
     * @throws IllegalArgumentException unless both sides are multiples of a token's side (16 pixels)
     */
    public ImageTokens encode(Pixels pixels) {
        return encode(pixels, new Cancellation());
    }

    /**
     * Encodes a picture to image tokens, as {@link #encode(Pixels)}.
     *
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    public ImageTokens encode(Pixels pixels, Cancellation cancellation) {
        var grid = codec.grid(pixels.width(), pixels.height());
        return new ImageTokens(grid.rows(), grid.columns(), codec.encode(pixels, cancellation));
    }

    /** Decodes image tokens to a picture. */
    public Pixels decode(ImageTokens tokens) {
        return decode(tokens, new Cancellation());
    }

    /**
     * Decodes image tokens to a picture.
     *
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    public Pixels decode(ImageTokens tokens, Cancellation cancellation) {
        return codec.decode(new Grid(tokens.rows(), tokens.columns()), tokens.values(), cancellation);
    }

    /**
     * Encodes and decodes a picture: what the image tokenizer keeps of {@link #wholeTokens} of it.
     *
     * @throws IllegalArgumentException if a side is shorter than a token
     */
    public Pixels reconstruct(Pixels pixels) {
        return decode(encode(wholeTokens(pixels)));
    }

    /**
     * The part of a picture that is encoded: what does not fill whole tokens is cut off around the centre.
     *
     * @throws IllegalArgumentException if a side is shorter than a token
     */
    public Pixels wholeTokens(Pixels pixels) {
        int side = model.pixelsPerToken();
        int width = pixels.width() / side * side;
        int height = pixels.height() / side * side;
        if (width == 0 || height == 0) {
            throw new IllegalArgumentException("the picture is %d x %d pixels; both sides must be at least %d"
                    .formatted(pixels.width(), pixels.height(), side));
        }
        boolean whole = width == pixels.width() && height == pixels.height();
        return whole ? pixels : new SourceFit.Cover(width, height).apply(pixels);
    }

    /**
     * Writes text after a prompt.
     *
     * @param stream receives the text piece by piece; never half a character
     */
    public WrittenText write(TextRequest request, Consumer<String> stream, Cancellation cancellation) {
        try (var conversation = model.conversation()) {
            conversation.append(request.prompt(), SpecialTokenText.AS_TEXT);
            return conversation.write(sampling(request), stream, cancellation);
        }
    }

    TextSampling sampling(TextRequest request) {
        Set<Integer> stops = new HashSet<>();
        for (String stop : request.stops()) {
            stops.add(model.tokenizer()
                    .id(stop)
                    .orElseThrow(() -> new IllegalArgumentException("the model has no token " + stop)));
        }
        return new TextSampling(
                request.maxTokens(),
                request.temperature(),
                request.topK(),
                request.topP(),
                request.seed(),
                stops,
                Set.of());
    }

    /** Begins a conversation of text and pictures in turn. */
    public Chat chat() {
        return new Chat(this, model);
    }

    PictureCodec codec() {
        return codec;
    }

    /** Ends the threads and unmaps the weights. Nothing should be running; what is, is cancelled. */
    @Override
    public void close() {
        hash.await(); // it reads the weights
        open.forEach(Drawing::cancel);
        model.engine().close();
        painter.shutdown();
        awaitPainter();
        model.close();
    }

    // The weights must not be unmapped under it.
    private void awaitPainter() {
        boolean wasInterrupted = false;
        while (true) {
            try {
                if (painter.awaitTermination(1, TimeUnit.DAYS)) {
                    break;
                }
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
