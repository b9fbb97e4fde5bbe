package dev.nextstep;

import dev.nextstep.checkpoint.TaskDefaults;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.GivenTokens;
import dev.nextstep.engine.LoadedModel;
import dev.nextstep.engine.MemoryEstimate;
import dev.nextstep.engine.TextSampling;
import dev.nextstep.engine.WrittenText;
import dev.nextstep.image.AspectBuckets;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.SourceFit;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.PromptRequest;
import dev.nextstep.prompt.SpecialTokenText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
    /** Weights up to this many bytes are hashed beside the first drawing, which takes longer. */
    private static final long SMALL_WEIGHTS = 64L << 20;

    private final LoadedModel model;
    private final PictureCodec codec;
    private final ThreadPoolExecutor painter;
    private final Set<Drawing> open = ConcurrentHashMap.newKeySet();
    private final DrawingSettings generateDefaults;
    private final DrawingSettings editDefaults;
    private final String name;
    private final Arithmetic arithmetic;
    private final WeightsHashes hashes = WeightsHashes.ofUser();
    private @Nullable CompletableFuture<String> hashing;

    private NextStep(
            LoadedModel model,
            String name,
            Arithmetic arithmetic,
            DrawingSettings generateDefaults,
            DrawingSettings editDefaults) {
        this.model = model;
        this.codec = new PictureCodec(model);
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
        var generate = DrawingSettings.MODEL_CARD.with(tasks.getOrDefault("generate", TaskDefaults.NONE));
        var edit = DrawingSettings.EDIT.with(tasks.getOrDefault("edit", TaskDefaults.NONE));
        return new NextStep(
                LoadedModel.open(directory, options.toLoadOptions()),
                ModelIdentity.idOf(directory),
                options.arithmetic(),
                generate,
                edit);
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
        return new ModelIdentity(name, knownHash());
    }

    /** How it computes, as far as it decides bytes. */
    public Arithmetic arithmetic() {
        return arithmetic;
    }

    /** Settings of {@link #generate} where a request leaves them open. */
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
        var work = new Drawing(cancellation);
        var events = work.beginFollowing();
        startGenerating(requests, work, cancellation);
        return work.follow(listener, events);
    }

    /**
     * Begins to draw the pictures of a request and returns at once. What is begun by several calls, of this thread or
     * others, is drawn together.
     *
     * @return where to see how far it is, to wait for the pictures, and to cancel
     * @throws IllegalArgumentException if a setting is out of range for this model; the message says which
     * @throws dev.nextstep.engine.MemoryException if it cannot fit into memory
     * @throws dev.nextstep.engine.EngineFullException if too many pictures wait already
     */
    public Drawing submit(GenerateRequest request) {
        var cancellation = new Cancellation();
        var work = new Drawing(cancellation);
        startGenerating(List.of(request), work, cancellation);
        return work;
    }

    private void startGenerating(List<GenerateRequest> requests, Drawing work, Cancellation cancellation) {
        start(plan(requests), work, cancellation);
    }

    private DrawingPlan plan(List<GenerateRequest> requests) {
        var first = first(requests);
        var keys = new ArrayList<PictureKey>();
        for (var request : requests) {
            requireSame(request.prompt(), first.prompt(), "prompt");
            requireSame(request.options(), first.options(), "options");
            requireSame(request.kept(), first.kept(), "kept part");
            addKeys(request.seed(), request.firstIndex(), request.count(), request.rerolls(), keys);
        }
        var settings = first.options().resolve(generateDefaults);
        var grid = codec.grid(settings.width(), settings.height());
        return new DrawingPlan(
                Recipe.Task.GENERATE,
                first.prompt(),
                first.prompt(),
                settings,
                keys,
                List.of(),
                List.of(),
                first.kept().map(kept -> KeptTokens.of(kept, grid, model.pixelsPerToken())),
                List.of(),
                grid.tokens());
    }

    private void start(DrawingPlan plan, Drawing work, Cancellation cancellation) {
        prepareHash();
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
        var settings = request.options().resolve(generateDefaults);
        var rows = DrawingRun.rows(model, codec, settings, request.prompt(), List.of(), request.count());
        return MemoryEstimate.of(model, rows, settings.steps(), request.count());
    }

    /**
     * Heap memory that an edit needs, as {@link #memory(GenerateRequest)}.
     *
     * @throws IllegalArgumentException if a setting is out of range for this model, or does not go with the source pictures
     */
    public MemoryEstimate memory(EditRequest request) {
        var plan = editPlan(List.of(request));
        var grids = plan.sources().stream().map(TokenInput::grid).toList();
        var rows = DrawingRun.rows(model, codec, plan.settings(), plan.caption(), grids, request.count());
        return MemoryEstimate.of(model, rows, plan.settings().steps(), request.count());
    }

    /** What a request is drawn with: its own settings, and the model's where it leaves them open. */
    public DrawingSettings settings(GenerateRequest request) {
        return request.options().resolve(generateDefaults);
    }

    /**
     * What an edit is drawn with: its own settings, the model's where it leaves them open, and the first source's size.
     *
     * @throws IllegalArgumentException as {@link #memory(EditRequest)}
     */
    public DrawingSettings settings(EditRequest request) {
        return editPlan(List.of(request)).settings();
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
        var work = new Drawing(cancellation);
        var events = work.beginFollowing();
        startEditing(requests, work, cancellation);
        return work.follow(listener, events);
    }

    /** Begins to draw the pictures of an editing request and returns at once; as {@link #submit(GenerateRequest)}. */
    public Drawing submit(EditRequest request) {
        var cancellation = new Cancellation();
        var work = new Drawing(cancellation);
        startEditing(List.of(request), work, cancellation);
        return work;
    }

    private void startEditing(List<EditRequest> requests, Drawing work, Cancellation cancellation) {
        start(editPlan(requests), work, cancellation);
    }

    private DrawingPlan editPlan(List<EditRequest> requests) {
        var request = first(requests);
        var keys = new ArrayList<PictureKey>();
        for (var each : requests) {
            requireSame(each.instruction(), request.instruction(), "instruction");
            requireSame(each.options(), request.options(), "options");
            requireSame(each.sources(), request.sources(), "source pictures");
            requireSame(each.kept(), request.kept(), "kept part");
            addKeys(each.seed(), each.firstIndex(), each.count(), each.rerolls(), keys);
        }
        var defaults = request.options().resolve(editDefaults);
        var sources = new ArrayList<TokenInput>();
        Pixels firstSource = null;
        for (var source : request.sources()) {
            var fitted = codec.fit(source, defaults);
            firstSource = firstSource == null ? fitted : firstSource;
            sources.add(new TokenInput.Painted(codec.grid(fitted.width(), fitted.height()), fitted));
        }
        var settings = editSettings(request, defaults, Objects.requireNonNull(firstSource));
        var grid = codec.grid(settings.width(), settings.height());
        return new DrawingPlan(
                Recipe.Task.EDIT,
                request.instruction(),
                caption(request.instruction(), sources.size()),
                settings,
                keys,
                request.sources().stream().map(SourcePicture::of).toList(),
                sources,
                request.kept().map(kept -> KeptTokens.of(kept, grid, model.pixelsPerToken())),
                List.of(),
                grid.tokens());
    }

    // An open size is that of the first fitted source.
    private static DrawingSettings editSettings(EditRequest request, DrawingSettings defaults, Pixels first) {
        if (request.options().width() != null || request.options().height() != null) {
            return defaults;
        }
        return DrawingOptions.of(defaults)
                .withSize(first.width(), first.height())
                .resolve(defaults);
    }

    /**
     * Begins to go on with what is in a snapshot and returns at once; as {@link #submit(GenerateRequest)}. The pictures are
     * those that an undisturbed drawing would have given, to the byte.
     *
     * @throws SnapshotException if it is of another model or arithmetic
     */
    public Drawing submit(Snapshot snapshot) {
        var cancellation = new Cancellation();
        var work = new Drawing(cancellation);
        start(plan(snapshot), work, cancellation);
        return work;
    }

    /** Draws what is missing of the pictures in a snapshot, as {@link #submit(Snapshot)}; waits for them. */
    public List<Picture> resume(Snapshot snapshot, DrawingListener listener, Cancellation cancellation) {
        var work = new Drawing(cancellation);
        var events = work.beginFollowing();
        start(plan(snapshot), work, cancellation);
        return work.follow(listener, events);
    }

    /**
     * Draws the first rows of the pictures of requests, which may differ as in {@link #generateTogether}.
     *
     * @param rows rows of tokens (16 pixels in the official models), from 1 to those of the picture
     * @return a state from which they can be drawn to the end
     */
    public Snapshot firstRows(
            List<GenerateRequest> requests, int rows, DrawingListener listener, Cancellation cancellation) {
        return firstRows(plan(requests), rows, listener, cancellation);
    }

    /** Goes on with a snapshot up to some row; as {@link #firstRows(List, int, DrawingListener, Cancellation)}. */
    public Snapshot firstRows(Snapshot snapshot, int rows, DrawingListener listener, Cancellation cancellation) {
        return firstRows(plan(snapshot), rows, listener, cancellation);
    }

    private Snapshot firstRows(DrawingPlan plan, int rows, DrawingListener listener, Cancellation cancellation) {
        var grid = codec.grid(plan.settings().width(), plan.settings().height());
        if (rows < 1 || rows > grid.rows()) {
            throw new IllegalArgumentException("the picture has %d rows of tokens; draw 1 to %d of them first, not %d"
                    .formatted(grid.rows(), grid.rows(), rows));
        }
        var work = new Drawing(cancellation);
        var events = work.beginFollowing();
        start(plan.until(rows * grid.columns()), work, cancellation);
        work.follow(listener, events);
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

    private DrawingPlan plan(Snapshot snapshot) {
        requireFits(snapshot);
        var recipe = snapshot.recipes().getFirst();
        var grid = snapshot.grid();
        int dim = snapshot.tokenDim();
        var sources = snapshot.sources().stream()
                .map(s -> (TokenInput) new TokenInput.Encoded(new Grid(s.rows(), s.columns()), s.values()))
                .toList();
        var made = new ArrayList<GivenTokens>();
        for (int i = 0; i < snapshot.recipes().size(); i++) {
            made.add(GivenTokens.first(snapshot.tokens(i), snapshot.made(i), dim));
        }
        return new DrawingPlan(
                recipe.task(),
                recipe.prompt(),
                recipe.task() == Recipe.Task.EDIT ? caption(recipe.prompt(), sources.size()) : recipe.prompt(),
                recipe.settings(),
                snapshot.recipes().stream().map(Recipe::key).toList(),
                recipe.sources(),
                sources,
                recipe.kept()
                        .map(part -> new DrawingPlan.KeptInput(
                                part, snapshot.kept(), new TokenInput.Encoded(grid, snapshot.keptTokens()))),
                made,
                grid.tokens());
    }

    private void requireFits(Snapshot snapshot) {
        var recipe = snapshot.recipes().getFirst();
        if (!snapshot.fingerprint().equals(ModelFingerprint.of(model.directory()))) {
            throw new SnapshotException(
                    "the snapshot was made with model %s, and this is %s with other weights; open that model"
                            .formatted(recipe.model().id(), name));
        }
        if (!recipe.arithmetic().equals(arithmetic)) {
            throw new SnapshotException(
                    "the snapshot was made with %s, and this model is opened with %s; open it as OpenOptions.withArithmetic does"
                            .formatted(recipe.arithmetic(), arithmetic));
        }
        var settings = recipe.settings();
        var all = snapshot.recipes();
        boolean isWhole = snapshot.grid().equals(codec.grid(settings.width(), settings.height()))
                && snapshot.tokenDim() == model.backend().tokenDim()
                && snapshot.sources().size() == recipe.sources().size()
                && (recipe.kept().isPresent() || snapshot.kept().isEmpty())
                && recipe.task() != Recipe.Task.CHAT
                && all.stream()
                        .allMatch(r -> r.prompt().equals(recipe.prompt())
                                && r.settings().equals(settings)
                                && r.sources().equals(recipe.sources()));
        if (!isWhole) {
            throw new SnapshotException("the snapshot contradicts itself: its tokens are not those of its recipes");
        }
    }

    private static <T> T first(List<T> requests) {
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one request");
        }
        return requests.getFirst();
    }

    private static void requireSame(Object value, Object first, String what) {
        if (!value.equals(first)) {
            throw new IllegalArgumentException(
                    "requests that are drawn together must have the same %s".formatted(what));
        }
    }

    private static void addKeys(long seed, int firstIndex, int count, List<Reroll> rerolls, List<PictureKey> keys) {
        for (int i = 0; i < count; i++) {
            keys.add(new PictureKey(seed, firstIndex + i, rerolls));
        }
    }

    // Sources stand in front of the instruction unless it says where (spec §5, default texts).
    private static String caption(String instruction, int sources) {
        int marks = instruction.split(Pattern.quote(PromptRequest.IMAGE_TAG), -1).length - 1;
        if (marks != 0 && marks != sources) {
            throw new IllegalArgumentException(
                    "the instruction has %d %s marks and there are %d source pictures; give as many marks as pictures, or none"
                            .formatted(marks, PromptRequest.IMAGE_TAG, sources));
        }
        return marks > 0 ? instruction : PromptRequest.IMAGE_TAG.repeat(sources) + instruction;
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
        return hashing(HashEffort.ANY).orElseThrow().join();
    }

    private enum HashEffort {
        /** Only what is remembered or read in a moment. */
        LITTLE,
        /** Whatever it takes. */
        ANY
    }

    /** Begins with the hash where that takes a moment only, so that it is there when the picture is. */
    private void prepareHash() {
        hashing(HashEffort.LITTLE);
    }

    private Optional<String> knownHash() {
        // Weights that cannot be read fail where they are needed; here they are just not named.
        return hashing(HashEffort.LITTLE)
                .map(hash -> hash.exceptionally(failure -> "").join())
                .filter(hash -> !hash.isEmpty());
    }

    private synchronized Optional<CompletableFuture<String>> hashing(HashEffort effort) {
        var begun = hashing;
        if (begun == null) {
            var directory = model.directory();
            var known = hashes.find(directory);
            if (known.isPresent()) {
                begun = CompletableFuture.completedFuture(known.get());
            } else if (effort == HashEffort.ANY || WeightsHashes.bytes(directory) <= SMALL_WEIGHTS) {
                begun = CompletableFuture.supplyAsync(() -> hashes.get(directory));
            } else {
                return Optional.empty();
            }
            hashing = begun;
        }
        return Optional.of(begun);
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
        CompletableFuture<String> begun;
        synchronized (this) {
            begun = hashing;
        }
        if (begun != null) { // it reads the weights
            begun.exceptionally(failure -> "").join();
        }
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
