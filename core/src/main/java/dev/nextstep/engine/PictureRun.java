package dev.nextstep.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One picture on its way: its guidance rows, its tokens so far, and what it waits for. Belongs to the engine's thread. */
final class PictureRun {
    /** What comes next. */
    enum Stage {
        /** It is not begun. */
        WAITING,
        /** Its prompts are being read. */
        READING,
        /** Hidden states are there, a token can be sampled from them. */
        SAMPLING,
        /** The last token has to pass the transformer. */
        FEEDING,
        /** All tokens are there. */
        DONE
    }

    private final DrawingTask task;
    private final int index;
    private final List<RowContent> contents;
    private final float[] tokens;
    private final GivenTokens given;
    private final int rows;
    private final int total;
    private final int end;
    private final int[] fed;
    private List<Prompt> prompts = List.of();
    private List<Sequence> sequences = List.of();
    private float[] hidden = {};
    private Stage stage = Stage.WAITING;
    private int made;
    private int expected;
    private boolean isBorrowing;

    private PictureRun(
            DrawingTask task, int index, List<RowContent> prompts, int rows, int total, int end, GivenTokens given) {
        this.task = task;
        this.index = index;
        this.given = given;
        this.rows = rows;
        this.total = total;
        this.end = end;
        this.tokens = new float[total * task.tokenDim()];
        this.fed = new int[rows];
        takeGiven();
        var longer = new ArrayList<RowContent>();
        for (int row = 0; row < prompts.size(); row++) {
            fed[row] = made;
            longer.add(prompts.get(row).then(Arrays.copyOf(tokens, fed[row] * task.tokenDim()), fed[row]));
        }
        this.contents = List.copyOf(longer);
        if (made == end) {
            stage = Stage.DONE;
        }
    }

    /**
     * A picture after prompts.
     *
     * @param end how many tokens are drawn
     * @param given those that are not sampled
     */
    static PictureRun after(
            List<RowContent> prompts, DrawingTask task, int index, int total, int end, GivenTokens given) {
        return new PictureRun(task, index, prompts, prompts.size(), total, end, given);
    }

    /**
     * A picture behind sequences that are not its own.
     *
     * @param hidden hidden states of their last positions [m, hidden]
     */
    static PictureRun behind(List<Sequence> sequences, float[] hidden, DrawingTask task, int total) {
        var picture = new PictureRun(task, 0, List.of(), sequences.size(), total, total, GivenTokens.NONE);
        picture.sequences = List.copyOf(sequences);
        picture.hidden = hidden;
        picture.isBorrowing = true;
        return picture;
    }

    // Tokens that follow and are given.
    private void takeGiven() {
        while (made < end && given.has(made)) {
            given.copy(made, tokens, made * task.tokenDim());
            made++;
        }
    }

    DrawingTask task() {
        return task;
    }

    int index() {
        return index;
    }

    Stage stage() {
        return stage;
    }

    int made() {
        return made;
    }

    int total() {
        return total;
    }

    /** Guidance rows. */
    int rows() {
        return rows;
    }

    List<RowContent> contents() {
        return contents;
    }

    List<Sequence> sequences() {
        return sequences;
    }

    /** All tokens [total, tokenDim], the first {@link #made} of them final. */
    float[] tokens() {
        return tokens;
    }

    /** Hidden states of the last position of each row [m, hidden]. */
    float[] hidden() {
        return hidden;
    }

    /**
     * Begins; the prompts may be shared with others.
     *
     * @throws MemoryException if there is no room for all of its positions; then nothing has changed
     */
    void begin(PromptShelf shelf, ModelBackend backend) {
        if (isBorrowing) {
            sequences.forEach(sequence -> sequence.reserve(end));
            stage = Stage.SAMPLING;
            return;
        }
        var taken = new ArrayList<Prompt>();
        var places = new ArrayList<Sequence>();
        try {
            var layout = backend.cache();
            for (int row = 0; row < rows; row++) {
                var content = contents.get(row);
                taken.add(shelf.take(content));
                long own = layout.bytes(content.length() + end - fed[row] - 1) - layout.sharedBytes(content.length());
                places.add(backend.newSequence(content.offset(), (int) (own / layout.bytesPerPosition())));
            }
        } catch (RuntimeException | Error e) {
            places.forEach(Sequence::close);
            taken.forEach(Prompt::release);
            throw e;
        }
        for (var prompt : taken) {
            if (prompt.isNew()) {
                task.countPrompt(prompt.left());
            }
        }
        prompts = taken;
        sequences = places;
        stage = Stage.READING;
        task.beginReading();
    }

    /** Goes on with sequences of its own if all prompts are read. */
    void forkIfRead(int hiddenSize) {
        if (stage != Stage.READING || !prompts.stream().allMatch(Prompt::isRead)) {
            return;
        }
        var own = new ArrayList<Sequence>(prompts.size());
        hidden = new float[prompts.size() * hiddenSize];
        for (int row = 0; row < prompts.size(); row++) {
            sequences.get(row).close(); // it kept the place
            own.add(prompts.get(row).fork(end - fed[row] - 1));
            System.arraycopy(prompts.get(row).lastHidden(), 0, hidden, row * hiddenSize, hiddenSize);
        }
        sequences = own;
        releasePrompts();
        stage = Stage.SAMPLING;
    }

    /** Tokens that a row has to read now; 0 if it has read all it needs. */
    int unfed(int row) {
        return made - fed[row];
    }

    /** Index of the first token that a row has to read now. */
    int fed(int row) {
        return fed[row];
    }

    /** So many rows will be read now. */
    void expect(int count) {
        expected = count;
    }

    /** Hands over the hidden state [hidden] of a row that has read what it had to. */
    void feed(int row, float[] state) {
        System.arraycopy(state, 0, hidden, row * state.length, state.length);
        fed[row] = made;
        expected--;
        if (expected == 0) {
            stage = Stage.SAMPLING;
        }
    }

    /** Hands over the next token [tokenDim]; those behind it that are given follow. */
    void sampled(float[] values) {
        System.arraycopy(values, 0, tokens, made * values.length, values.length);
        made++;
        takeGiven();
        stage = made == end ? Stage.DONE : Stage.FEEDING;
    }

    /** Gives everything back but the tokens. */
    void release() {
        releasePrompts();
        if (!isBorrowing) {
            sequences.forEach(Sequence::close);
        }
        sequences = List.of();
        hidden = new float[0];
    }

    private void releasePrompts() {
        prompts.forEach(Prompt::release);
        prompts = List.of();
    }

    /** How its next token is sampled. */
    SamplingSettings settings() {
        return task.settings(index, made);
    }

    /** The picture's own random numbers. */
    void fillNoise(int draw, float[] target) {
        task.fillNoise(index, made, draw, target);
    }

    /** Its prompts that are not read. */
    List<Prompt> unread() {
        return prompts.stream().filter(prompt -> !prompt.isRead()).toList();
    }
}
