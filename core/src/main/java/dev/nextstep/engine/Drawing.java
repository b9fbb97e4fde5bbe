package dev.nextstep.engine;

import dev.nextstep.prompt.PictureSpan;
import dev.nextstep.prompt.PromptRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;

/**
 * The generation loop of one request (spec §7): read the prompt rows, then for each image token: hidden state →
 * condition → sampled token → embedding → one transformer step.
 *
 * <p>What the official loop does in vain is left out, with the same numbers: pads are not computed, equal rows (the
 * pictures of one prompt, their unconditional rows) are read once, the LM head does not run, and there is no transformer
 * step after the last token.
 */
public final class Drawing {
    private final LoadedModel model;
    private final DrawingJob job;
    private final DrawingObserver observer;
    private final Cancellation cancellation;
    private final int total;

    private Drawing(LoadedModel model, DrawingJob job, DrawingObserver observer, Cancellation cancellation) {
        this.model = model;
        this.job = job;
        this.observer = observer;
        this.cancellation = cancellation;
        this.total = job.rows().output().tokens();
    }

    /**
     * Draws the tokens of all pictures of a request.
     *
     * @return tokens [n, h·w, tokenDim], pictures caption by caption, raster order
     * @throws java.util.concurrent.CancellationException if cancelled, within one token
     */
    public static float[] run(LoadedModel model, DrawingJob job, DrawingObserver observer, Cancellation cancellation) {
        return new Drawing(model, job, observer, cancellation).run();
    }

    private float[] run() {
        cancellation.check();
        var prefill = prefill();
        var loop = new TokenLoop(model, job.settings(), job.noise(), observer, cancellation);
        return loop.run(prefill.sequences, prefill.lastHidden, job.rows().outputPictures(), 0, total);
    }

    private record Prefill(List<Sequence> sequences, float[] lastHidden) {}

    /** What makes two rows equal: ids, position of the first, pictures at the placeholders. */
    private record RowContent(List<Integer> ids, int padding, List<PictureSpan> pictures) {
        static RowContent of(PromptRow row) {
            return new RowContent(Arrays.stream(row.ids()).boxed().toList(), row.padding(), row.pictures());
        }
    }

    private Prefill prefill() {
        var backend = model.backend();
        int hidden = backend.hiddenSize();
        var rows = job.rows().rows();
        var firsts = new HashMap<RowContent, Integer>();
        var distinct = new ArrayList<PromptRow>();
        var content = new int[rows.size()];
        for (int r = 0; r < content.length; r++) {
            var row = rows.get(r);
            content[r] = firsts.computeIfAbsent(RowContent.of(row), key -> {
                distinct.add(row);
                return distinct.size() - 1;
            });
        }
        var spans = new ArrayList<SequenceSpan>();
        int positions = 0;
        for (var row : distinct) {
            spans.add(new SequenceSpan(backend.newSequence(row.padding(), row.length() + total - 1), row.length()));
            positions += row.length();
        }
        var inputs = new float[positions * hidden];
        int at = 0;
        for (var row : distinct) {
            embed(row, inputs, at);
            at += row.length() * hidden;
        }
        cancellation.check();
        float[] states = backend.forward(spans, inputs);
        observer.prefilled(distinct.size(), positions);

        var last = new float[rows.size() * hidden];
        var sequences = new ArrayList<Sequence>();
        var taken = new boolean[distinct.size()];
        for (int r = 0; r < content.length; r++) {
            System.arraycopy(states, content[r] * hidden, last, r * hidden, hidden);
            var sequence = spans.get(content[r]).sequence();
            sequences.add(taken[content[r]] ? sequence.fork(sequence.length() + total - 1) : sequence);
            taken[content[r]] = true;
        }
        return new Prefill(sequences, last);
    }

    private void embed(PromptRow row, float[] target, int at) {
        var backend = model.backend();
        int hidden = backend.hiddenSize();
        System.arraycopy(backend.embed(row.ids()), 0, target, at, row.length() * hidden);
        for (var span : row.pictures()) { // over the placeholders
            float[] tokens = job.sources().get(span.picture());
            int count = tokens.length / backend.tokenDim();
            float[] embedded = backend.embedTokens(tokens, count);
            System.arraycopy(embedded, 0, target, at + span.offset() * hidden, count * hidden);
        }
    }
}
