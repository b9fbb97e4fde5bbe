package dev.nextstep.engine;

import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.SpecialTokenText;
import dev.nextstep.tensor.Finite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One sequence of text and pictures in turn, with one key/value cache: interleaved generation.
 *
 * <p>No official driver of this kind exists (spec §3.8, §11 row 19). The model is trained to write
 * {@code <|image_area|>h*w} but never predicts the token that begins a picture, so the driver puts that one, draws, feeds
 * the last image token and {@code <|end_of_image|>}, and lets the text go on (training layout of spec §8.2).
 *
 * <p>Not thread-safe; conversations of several threads are computed together. Closing one gives its memory back.
 */
public final class Conversation implements AutoCloseable {
    private final LoadedModel model;
    private final Sequence cache;
    private final List<Block> pictures = new ArrayList<>();
    private float[] lastHidden = {};
    private float[] scores = {}; // after the last position; empty if nobody has asked yet
    private int written;
    private int drawn;

    /** A picture that stands in the sequence: its tokens, for the image-only guidance row. */
    private record Block(Grid grid, float[] tokens) {}

    Conversation(LoadedModel model) {
        this.model = model;
        this.cache = model.backend().newSequence(0, 0);
        model.special().bos().ifPresent(this::feedId);
    }

    /** Positions so far. */
    public int length() {
        return cache.length();
    }

    /**
     * Appends text; special tokens in it are plain text unless the policy says otherwise.
     *
     * @throws IllegalArgumentException if the conversation would have more tokens than the model has positions
     */
    public void append(String text, SpecialTokenText policy) {
        int[] ids = model.tokenizer().encode(text, policy);
        model.requireRoom(cache.length(), ids.length, "the text");
        if (ids.length > 0) {
            feed(ids);
        }
    }

    /**
     * Appends a picture's tokens [h·w, tokenDim] as an image block.
     *
     * @throws IllegalArgumentException if the conversation would have more tokens than the model has positions
     */
    public void append(Grid grid, float[] tokens) {
        model.requireRoom(cache.length(), prefix(grid).length + grid.tokens() + 1, "the picture");
        feedPicture(grid, tokens);
    }

    private void feedPicture(Grid grid, float[] tokens) {
        feed(prefix(grid));
        feedTokens(tokens, grid.tokens());
        feedId(model.special().endOfImage());
        pictures.add(new Block(grid, tokens.clone()));
    }

    /**
     * Lets the model write until a stop, the limit, the last of its positions, or the beginning of a picture.
     *
     * @param sampling choice of tokens; the end-of-text token always stops
     * @param stream receives the text piece by piece, never half a character
     * @throws IllegalArgumentException if there is no position left for the first token
     */
    public WrittenText write(TextSampling sampling, Consumer<String> stream, Cancellation cancellation) {
        requireStarted();
        model.requireRoom(cache.length(), 1, "the next word");
        var special = model.special();
        var forbidden = new HashSet<>(sampling.forbidden());
        forbidden.addAll(
                Set.of(special.pad(), special.imagePlaceholder(), special.beginOfImage(), special.endOfImage()));
        var choice = sampling.withForbidden(forbidden);
        var decoder = model.tokenizer().decoder();
        var text = new StringBuilder();
        var ids = new ArrayList<Integer>();
        var end = WrittenText.End.LENGTH;
        var requested = Optional.<Grid>empty();
        int most = Math.min(sampling.maxTokens(), model.config().maxPositions() - cache.length());
        while (ids.size() < most) {
            cancellation.check();
            float[] logits = logits();
            int id = choice.choose(logits, written++);
            if (id == special.imageArea()) {
                requested = readSize(choice, cancellation);
                end = WrittenText.End.PICTURE;
                break;
            }
            if (id == special.eos() || sampling.stops().contains(id)) {
                end = WrittenText.End.STOP;
                break;
            }
            ids.add(id);
            emit(decoder.push(id), text, stream);
            feed(new int[] {id}, ids.size() < most ? Feed.Wanted.SCORES : Feed.Wanted.HIDDEN);
        }
        emit(decoder.flush(), text, stream);
        return new WrittenText(text.toString(), ids, end, requested);
    }

    private float[] logits() {
        if (scores.length == 0) {
            scores = model.backend().logits(lastHidden, 1);
        }
        Finite.require(scores, model.directory().tensors().origin() + ": scores of the next text token");
        return scores;
    }

    private static void emit(String piece, StringBuilder text, Consumer<String> stream) {
        if (!piece.isEmpty()) {
            text.append(piece);
            stream.accept(piece);
        }
    }

    // Reads h*w as the model writes it, without keeping it: draw() puts the size of the picture it really draws.
    private Optional<Grid> readSize(TextSampling sampling, Cancellation cancellation) {
        int length = cache.length();
        float[] hidden = lastHidden;
        feedId(model.special().imageArea());
        var size = new StringBuilder();
        while (size.length() < 9) {
            cancellation.check();
            float[] logits = logits();
            int id = sampling.choose(logits, written++);
            String piece = model.tokenizer().decode(id);
            if (!piece.matches("[0-9*]+")) {
                break;
            }
            size.append(piece);
            feed(new int[] {id}, Feed.Wanted.SCORES);
        }
        rewind(length, hidden);
        if (!size.toString().matches("[1-9][0-9]{0,3}\\*[1-9][0-9]{0,3}")) {
            return Optional.empty();
        }
        int star = size.indexOf("*");
        return Optional.of(
                new Grid(Integer.parseInt(size.substring(0, star)), Integer.parseInt(size.substring(star + 1))));
    }

    /**
     * Draws a picture at the end of the sequence; it becomes part of it. As in a drawing of its own, the picture itself may
     * go beyond the model's positions; what came before may not.
     *
     * @param negative text of the unconditional row
     * @param guidanceRows 1, 2 or 3, as the scales ask (3 needs a picture in the sequence)
     * @return tokens [h·w, tokenDim]
     * @throws IllegalArgumentException if the conversation has no position left for its beginning
     */
    public float[] draw(
            Grid grid,
            SamplingSettings settings,
            int guidanceRows,
            String negative,
            NoiseSource noise,
            DrawingObserver observer,
            Cancellation cancellation) {
        if (guidanceRows == 3 && pictures.isEmpty()) {
            throw new IllegalArgumentException("image guidance needs a picture in the conversation");
        }
        model.requireRoom(cache.length(), prefix(grid).length, "the beginning of a picture");
        int length = cache.length();
        float[] hidden = lastHidden;
        var sequences = new ArrayList<Sequence>();
        try {
            feed(prefix(grid));
            var last = new float[guidanceRows * model.backend().hiddenSize()];
            sequences.add(cache);
            System.arraycopy(lastHidden, 0, last, 0, lastHidden.length);
            for (int block = 1; block < guidanceRows; block++) {
                boolean withPictures = guidanceRows == 3 && block == 1;
                var row = guidanceRow(grid, negative, withPictures ? pictures : List.of());
                sequences.add(row.cache);
                System.arraycopy(row.hidden, 0, last, block * row.hidden.length, row.hidden.length);
            }
            float[] tokens = model.engine()
                    .submit(DrawingTask.behind(
                            sequences,
                            last,
                            grid.tokens(),
                            settings,
                            noise,
                            drawn,
                            model.backend().tokenDim(),
                            observer,
                            cancellation))
                    .await();
            int dim = model.backend().tokenDim();
            feedTokens(Arrays.copyOfRange(tokens, tokens.length - dim, tokens.length), 1);
            feedId(model.special().endOfImage());
            pictures.add(new Block(grid, tokens));
            drawn++;
            return tokens;
        } catch (RuntimeException | Error e) { // a cancelled picture leaves the conversation as it was
            rewind(length, hidden);
            throw e;
        } finally {
            sequences.stream().skip(1).forEach(Sequence::close);
        }
    }

    private void rewind(int length, float[] hidden) {
        cache.truncate(length);
        lastHidden = hidden;
        scores = new float[0];
    }

    private record Row(Sequence cache, float[] hidden) {}

    // A row that ends at the same position as the conversation, so that image token k stands at one position
    // everywhere.
    private Row guidanceRow(Grid grid, String negative, List<Block> blocks) {
        var special = model.special();
        int[] text = model.tokenizer().encode(negative, SpecialTokenText.AS_TEXT);
        model.requirePositions(text.length, "the negative prompt");
        int length = text.length + prefix(grid).length + (special.bos().isPresent() ? 1 : 0);
        for (var block : blocks) {
            length += prefix(block.grid).length + block.grid.tokens() + 1;
        }
        int offset = Math.max(0, cache.nextPosition() - length);
        var row = new Conversation(model, model.backend().newSequence(offset, 0));
        special.bos().ifPresent(row::feedId);
        for (var block : blocks) {
            row.feedPicture(block.grid, block.tokens);
        }
        if (text.length > 0) {
            row.feed(text);
        }
        row.feed(prefix(grid));
        return new Row(row.cache, row.lastHidden);
    }

    private Conversation(LoadedModel model, Sequence cache) {
        this.model = model;
        this.cache = cache;
    }

    private int[] prefix(Grid grid) {
        int[] size = model.tokenizer().encode(grid.text(), SpecialTokenText.AS_TEXT);
        var ids = new int[size.length + 2];
        ids[0] = model.special().imageArea();
        System.arraycopy(size, 0, ids, 1, size.length);
        ids[ids.length - 1] = model.special().beginOfImage();
        return ids;
    }

    private void requireStarted() {
        if (lastHidden.length == 0) {
            feedId(model.special().eos()); // a document begins where another ended
        }
    }

    private void feedId(int id) {
        feed(new int[] {id});
    }

    private void feed(int[] ids) {
        feed(ids, Feed.Wanted.HIDDEN);
    }

    private void feed(int[] ids, Feed.Wanted wanted) {
        read(model.backend().embed(ids), ids.length, wanted);
    }

    private void feedTokens(float[] tokens, int count) {
        read(model.backend().embedTokens(tokens, count), count, Feed.Wanted.HIDDEN);
    }

    private void read(float[] inputs, int count, Feed.Wanted wanted) {
        var answer = model.engine().feed(cache, inputs, count, wanted);
        lastHidden = answer.hidden();
        scores = answer.scores();
    }

    @Override
    public void close() {
        cache.close();
    }

    /** Id of a named special token, for use as a stop. */
    public OptionalInt specialToken(String name) {
        return model.tokenizer().id(name);
    }
}
