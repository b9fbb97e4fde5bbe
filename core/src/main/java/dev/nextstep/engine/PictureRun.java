package dev.nextstep.engine;

import java.util.ArrayList;
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
    private final int rows;
    private final int total;
    private List<Prompt> prompts = List.of();
    private List<Sequence> sequences = List.of();
    private float[] hidden = {};
    private Stage stage = Stage.WAITING;
    private int made;
    private boolean isBorrowing;

    private PictureRun(DrawingTask task, int index, List<RowContent> contents, int rows, int total) {
        this.task = task;
        this.index = index;
        this.contents = List.copyOf(contents);
        this.rows = rows;
        this.total = total;
        this.tokens = new float[total * task.tokenDim()];
    }

    /** A picture after prompts. */
    static PictureRun after(List<RowContent> contents, DrawingTask task, int index, int total) {
        return new PictureRun(task, index, contents, contents.size(), total);
    }

    /**
     * A picture behind sequences that are not its own.
     *
     * @param hidden hidden states of their last positions [m, hidden]
     */
    static PictureRun behind(List<Sequence> sequences, float[] hidden, DrawingTask task, int total) {
        var picture = new PictureRun(task, 0, List.of(), sequences.size(), total);
        picture.sequences = List.copyOf(sequences);
        picture.hidden = hidden;
        picture.isBorrowing = true;
        return picture;
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
            sequences.forEach(sequence -> sequence.reserve(total));
            stage = Stage.SAMPLING;
            return;
        }
        var taken = new ArrayList<Prompt>();
        var places = new ArrayList<Sequence>();
        try {
            for (var content : contents) {
                taken.add(shelf.take(content));
                var layout = backend.cache();
                long own = layout.bytes(content.length() + total - 1) - layout.sharedBytes(content.length());
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
            own.add(prompts.get(row).fork(total - 1));
            System.arraycopy(prompts.get(row).lastHidden(), 0, hidden, row * hiddenSize, hiddenSize);
        }
        sequences = own;
        releasePrompts();
        stage = Stage.SAMPLING;
    }

    /** Hands over the hidden state [hidden] of the last token in one of the rows. */
    void fed(int row, float[] state) {
        System.arraycopy(state, 0, hidden, row * state.length, state.length);
        if (row == rows - 1) { // they come in order
            stage = Stage.SAMPLING;
        }
    }

    /** Hands over the next token [tokenDim]. */
    void sampled(float[] values) {
        System.arraycopy(values, 0, tokens, made * values.length, values.length);
        made++;
        stage = made == total ? Stage.DONE : Stage.FEEDING;
    }

    /** The last token [tokenDim]. */
    void lastToken(float[] target, int at) {
        int dim = task.tokenDim();
        System.arraycopy(tokens, (made - 1) * dim, target, at, dim);
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

    /** The picture's own random numbers. */
    void fillNoise(int draw, float[] target) {
        task.fillNoise(index, made, draw, target);
    }

    /** Its prompts that are not read. */
    List<Prompt> unread() {
        return prompts.stream().filter(prompt -> !prompt.isRead()).toList();
    }
}
