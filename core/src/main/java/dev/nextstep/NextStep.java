package dev.nextstep;

import dev.nextstep.checkpoint.TaskDefaults;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.LoadedModel;
import dev.nextstep.engine.MemoryEstimate;
import dev.nextstep.engine.TextSampling;
import dev.nextstep.engine.WrittenText;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.SourceFit;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.PromptRequest;
import dev.nextstep.prompt.SpecialTokenText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
 * asked afterwards. All methods may be called from several threads at once; each request computes on the model's threads
 * when they are free and on its own otherwise.
 */
public final class NextStep implements AutoCloseable {
    private final LoadedModel model;
    private final PictureCodec codec;
    private final DrawingSettings generateDefaults;
    private final DrawingSettings editDefaults;
    private final String name;

    private NextStep(LoadedModel model, String name, DrawingSettings generateDefaults, DrawingSettings editDefaults) {
        this.model = model;
        this.codec = new PictureCodec(model);
        this.name = name;
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
        var path = directory.toAbsolutePath().normalize().getFileName();
        return new NextStep(
                LoadedModel.open(directory, options.toLoadOptions()),
                path == null ? "model" : path.toString(),
                generate,
                edit);
    }

    /** Version of this program. */
    public static String version() {
        return Version.VALUE;
    }

    /** Name of the model: its folder's. */
    public String name() {
        return name;
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
        var settings = request.options().resolve(generateDefaults);
        var run = new DrawingRun(model, settings, listener, cancellation);
        var tokens = run.tokens(request.prompt(), List.of(), request.count(), request.firstIndex(), request.seed());
        return pictures(run, tokens, settings, "generate", request.prompt(), request.seed(), request.firstIndex());
    }

    /**
     * Heap memory that a request needs at its peak, without drawing it.
     *
     * @throws IllegalArgumentException if a setting is out of range for this model
     */
    public MemoryEstimate memory(GenerateRequest request) {
        var settings = request.options().resolve(generateDefaults);
        return new DrawingRun(model, settings, DrawingListener.NONE, new Cancellation())
                .memory(request.prompt(), request.count(), request.seed());
    }

    /** Draws one picture from others; for more than one use {@link #editAll}. */
    public Picture edit(EditRequest request) {
        return single(editAll(request, DrawingListener.NONE, new Cancellation()));
    }

    /** Draws the pictures of an editing request together; errors as in {@link #generateAll}. */
    public List<Picture> editAll(EditRequest request, DrawingListener listener, Cancellation cancellation) {
        var defaults = request.options().resolve(editDefaults);
        var sources = new ArrayList<Pixels>();
        for (var source : request.sources()) {
            sources.add(codec.fit(source, defaults));
        }
        var settings = defaults;
        if (request.options().width() == null && request.options().height() == null) {
            var first = sources.getFirst();
            settings = DrawingOptions.of(defaults)
                    .withSize(first.width(), first.height())
                    .resolve(defaults);
        }
        var run = new DrawingRun(model, settings, listener, cancellation);
        String caption = caption(request.instruction(), sources.size());
        var tokens = run.tokens(caption, sources, request.count(), request.firstIndex(), request.seed());
        return pictures(run, tokens, settings, "edit", request.instruction(), request.seed(), request.firstIndex());
    }

    // Sources stand in front of the instruction unless it says where (spec §5, default texts).
    private static String caption(String instruction, int sources) {
        return instruction.contains(PromptRequest.IMAGE_TAG)
                ? instruction
                : PromptRequest.IMAGE_TAG.repeat(sources) + instruction;
    }

    private static Picture single(List<Picture> pictures) {
        if (pictures.size() != 1) {
            throw new IllegalArgumentException(
                    "the request asks for %d pictures; use the method that returns a list".formatted(pictures.size()));
        }
        return pictures.getFirst();
    }

    private List<Picture> pictures(
            DrawingRun run,
            List<float[]> tokens,
            DrawingSettings settings,
            String task,
            String prompt,
            long seed,
            int firstIndex) {
        var pixels = run.pixels(tokens);
        var pictures = new ArrayList<Picture>();
        for (int i = 0; i < tokens.size(); i++) {
            var recipe = new Recipe(task, prompt, settings, seed, firstIndex + i, name, version());
            pictures.add(new Picture(pixels.get(i), tokens.get(i), recipe));
        }
        return pictures;
    }

    /**
     * Encodes a picture to image tokens.
     *
     * @throws IllegalArgumentException unless both sides are multiples of a token's side (16 pixels)
     */
    public ImageTokens encode(Pixels pixels) {
        var grid = codec.grid(pixels.width(), pixels.height());
        return new ImageTokens(grid.rows(), grid.columns(), codec.encode(pixels, new Cancellation()));
    }

    /** Decodes image tokens to a picture. */
    public Pixels decode(ImageTokens tokens) {
        return codec.decode(new Grid(tokens.rows(), tokens.columns()), tokens.values(), new Cancellation());
    }

    /**
     * Encodes and decodes a picture: what the image tokenizer keeps of it. What does not fill whole tokens is cut off
     * around the centre.
     *
     * @throws IllegalArgumentException if a side is shorter than a token
     */
    public Pixels reconstruct(Pixels pixels) {
        int side = model.pixelsPerToken();
        int width = pixels.width() / side * side;
        int height = pixels.height() / side * side;
        if (width == 0 || height == 0) {
            throw new IllegalArgumentException("the picture is %d x %d pixels; both sides must be at least %d"
                    .formatted(pixels.width(), pixels.height(), side));
        }
        boolean whole = width == pixels.width() && height == pixels.height();
        return decode(encode(whole ? pixels : new SourceFit.Cover(width, height).apply(pixels)));
    }

    /**
     * Writes text after a prompt.
     *
     * @param stream receives the text piece by piece; never half a character
     */
    public WrittenText write(TextRequest request, Consumer<String> stream, Cancellation cancellation) {
        var conversation = model.conversation();
        conversation.append(request.prompt(), SpecialTokenText.AS_TEXT);
        return conversation.write(sampling(request), stream, cancellation);
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

    /** Ends the threads and unmaps the weights. Nothing may be running. */
    @Override
    public void close() {
        model.close();
    }
}
