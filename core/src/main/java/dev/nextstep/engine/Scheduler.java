package dev.nextstep.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Continuous batching: each pass takes the next token of every picture whose turn it is, some positions of prompts that are
 * being read, and what conversations want to be read, through the transformer in one call, and then samples the next token
 * of every picture in another. Drawings join and leave between two passes. Belongs to the engine's thread.
 */
final class Scheduler {
    // A prompt that nobody waits behind is read in large pieces; between two of them it can be cancelled.
    private static final int ALONE = 512;

    private final ModelBackend backend;
    private final EngineLimits limits;
    private final PromptShelf shelf;
    private final Sampling sampling;
    private final List<DrawingTask> tasks = new ArrayList<>();
    private final Deque<Feed> feeds = new ArrayDeque<>();

    Scheduler(LoadedModel model, EngineLimits limits) {
        this.backend = model.backend();
        this.limits = limits;
        this.shelf = new PromptShelf(backend);
        this.sampling = new Sampling(model);
    }

    void add(DrawingTask task) {
        task.serve(tasks.stream().mapToLong(DrawingTask::served).min().orElse(0));
        tasks.add(task);
        task.tellGiven();
    }

    void add(Feed feed) {
        feeds.add(feed);
    }

    /** Whether there is nothing to do. */
    boolean isIdle() {
        return tasks.isEmpty() && feeds.isEmpty();
    }

    /** Everybody gets on by a token. */
    void pass() {
        endCancelled();
        var turn = Turns.choose(tasks, limits.rowsPerPass(), this::admit);
        var fed = new ArrayList<Feed>();
        try {
            forward(turn, fed);
            endCancelled();
            sampling.run(turn.stream()
                    .filter(p ->
                            p.stage() == PictureRun.Stage.SAMPLING && !p.task().isEnded())
                    .toList());
        } catch (RuntimeException | Error e) { // nobody can tell whose fault it is
            turn.forEach(picture -> picture.task().fail(e));
            fed.forEach(feed -> feed.fail(e));
            feeds.removeAll(fed);
        }
        settle();
    }

    /** Ends everything. */
    void fail(Throwable why) {
        tasks.forEach(task -> task.fail(why));
        feeds.forEach(feed -> feed.fail(why));
        feeds.clear();
        settle();
        shelf.clear();
    }

    private void endCancelled() {
        for (var task : tasks) {
            if (task.isCancelled()) {
                task.fail(new CancellationException("the drawing was cancelled"));
            }
        }
        settle();
    }

    // Pictures that are done and drawings that are over give back what they have.
    private void settle() {
        for (var task : tasks) {
            for (var picture : task.takeFinished()) {
                picture.release();
            }
        }
        tasks.removeIf(DrawingTask::conclude);
    }

    // Begins a picture if there is memory for it.
    private boolean admit(PictureRun picture) {
        if (picture.task().isEnded()) {
            return false;
        }
        try {
            try {
                picture.begin(shelf, backend);
            } catch (MemoryException e) {
                if (!shelf.dropIdle()) {
                    throw e;
                }
                picture.begin(shelf, backend);
            }
            return true;
        } catch (MemoryException e) {
            boolean isAlone = tasks.stream()
                    .flatMap(task -> task.unfinished().stream())
                    .allMatch(p -> p.stage() == PictureRun.Stage.WAITING);
            if (isAlone) { // nobody will give anything back
                picture.task().fail(e);
            }
            return false;
        } catch (RuntimeException | Error e) {
            picture.task().fail(e);
            return false;
        }
    }

    private void forward(List<PictureRun> turn, List<Feed> fed) {
        var pass = new ForwardPass(backend);
        boolean isDrawing = turn.stream().anyMatch(p -> p.stage() != PictureRun.Stage.READING);
        int room = isDrawing ? limits.promptPositionsPerPass() : Math.max(ALONE, limits.promptPositionsPerPass());
        room = addFeeds(pass, fed, room);
        addPrompts(pass, turn, room);
        addTokens(pass, turn);
        pass.run();
        answer(fed);
        for (var picture : turn) {
            if (!picture.task().isEnded()) {
                picture.forkIfRead(backend.hiddenSize());
            }
        }
        turn.forEach(picture -> picture.task().tellIfRead());
    }

    private int addFeeds(ForwardPass pass, List<Feed> fed, int room) {
        int left = room;
        while (left > 0 && !feeds.isEmpty()) {
            var feed = feeds.removeFirst();
            int count = Math.min(left, feed.left());
            try {
                feed.sequence().reserve(count);
            } catch (MemoryException e) {
                feed.fail(e);
                continue;
            }
            left -= count;
            pass.add(feed.sequence(), count, feed.next(count), 0, state -> feed.advance(count, state));
            fed.add(feed);
        }
        return left;
    }

    private void addPrompts(ForwardPass pass, List<PictureRun> turn, int room) {
        var unread = new LinkedHashSet<Prompt>();
        for (var picture : turn) {
            picture.unread().forEach(unread::add);
        }
        int left = room;
        for (var prompt : unread) {
            int count = Math.min(left, prompt.left());
            if (count == 0) {
                return;
            }
            left -= count;
            pass.add(prompt.sequence(), count, prompt.next(count), 0, state -> prompt.advance(count, state));
        }
    }

    private void addTokens(ForwardPass pass, List<PictureRun> turn) {
        var feeding =
                turn.stream().filter(p -> p.stage() == PictureRun.Stage.FEEDING).toList();
        if (feeding.isEmpty()) {
            return;
        }
        int dim = backend.tokenDim();
        int hidden = backend.hiddenSize();
        var firsts = new int[feeding.size()]; // the first token that some row of a picture has to read
        int count = 0;
        for (int i = 0; i < firsts.length; i++) {
            var picture = feeding.get(i);
            firsts[i] = picture.made();
            for (int row = 0; row < picture.rows(); row++) {
                firsts[i] = Math.min(firsts[i], picture.fed(row));
            }
            count += picture.made() - firsts[i];
        }
        var tokens = new float[count * dim];
        int at = 0;
        for (int i = 0; i < firsts.length; i++) {
            int values = (feeding.get(i).made() - firsts[i]) * dim;
            System.arraycopy(feeding.get(i).tokens(), firsts[i] * dim, tokens, at, values);
            at += values;
        }
        float[] embedded = backend.embedTokens(tokens, count);
        int from = 0;
        for (int i = 0; i < firsts.length; i++) {
            addRows(pass, feeding.get(i), embedded, (from - firsts[i]) * hidden, hidden);
            from += feeding.get(i).made() - firsts[i];
        }
    }

    // The rows of a picture; its token 0 would stand at `origin` of the embeddings.
    private static void addRows(ForwardPass pass, PictureRun picture, float[] embedded, int origin, int hidden) {
        int rows = 0;
        for (int row = 0; row < picture.rows(); row++) {
            int count = picture.unfed(row);
            if (count > 0) {
                int own = row;
                rows++;
                pass.add(
                        picture.sequences().get(row),
                        count,
                        embedded,
                        origin + picture.fed(row) * hidden,
                        state -> picture.feed(own, state));
            }
        }
        picture.expect(rows);
    }

    // Conversations that have what they want, and those that need another pass.
    private void answer(List<Feed> fed) {
        var scored = new ArrayList<Feed>();
        for (var feed : fed) {
            if (feed.left() > 0) {
                feeds.addFirst(feed);
            } else if (feed.wanted() == Feed.Wanted.SCORES) {
                scored.add(feed);
            } else {
                feed.answer(new float[0]);
            }
        }
        if (scored.isEmpty()) {
            return;
        }
        int width = backend.hiddenSize();
        var hidden = new float[scored.size() * width];
        for (int i = 0; i < scored.size(); i++) {
            System.arraycopy(scored.get(i).lastHidden(), 0, hidden, i * width, width);
        }
        float[] logits = backend.logits(hidden, scored.size());
        int vocabulary = logits.length / scored.size();
        for (int i = 0; i < scored.size(); i++) {
            var own = new float[vocabulary];
            System.arraycopy(logits, i * vocabulary, own, 0, vocabulary);
            scored.get(i).answer(own);
        }
    }
}
