package dev.nextstep.engine;

import dev.nextstep.tensor.TensorException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The pictures of one job while the engine draws them. Safe for use by several threads. */
public final class DrawingTask {
    private final SamplingSource settings;
    private final NoiseSource noise;
    private final int firstPicture;
    private final DrawingObserver observer;
    private final Cancellation cancellation;
    private final List<PictureRun> pictures = new ArrayList<>();
    private final CompletableFuture<float[]> tokens = new CompletableFuture<>();
    private final int tokenDim;
    private final int atOnce;

    private volatile Runnable beforeEnd = () -> {};

    // Of the engine's thread.
    private final List<PictureRun> unfinished = new ArrayList<>();
    private @Nullable Throwable failure;
    private boolean isConcluded;
    private long served;
    private long made;
    private int promptRows;
    private int promptPositions;
    private boolean isReading;

    private DrawingTask(
            SamplingSource settings,
            NoiseSource noise,
            int firstPicture,
            int tokenDim,
            int atOnce,
            DrawingObserver observer,
            Cancellation cancellation) {
        this.atOnce = atOnce;
        this.settings = settings;
        this.noise = noise;
        this.firstPicture = firstPicture;
        this.tokenDim = tokenDim;
        this.observer = observer;
        this.cancellation = cancellation;
    }

    /** The pictures of a job. */
    static DrawingTask of(DrawingJob job, int tokenDim, DrawingObserver observer, Cancellation cancellation) {
        var task = new DrawingTask(job.settings(), job.noise(), 0, tokenDim, job.atOnce(), observer, cancellation);
        var rows = job.rows().rows();
        int n = job.rows().outputPictures();
        int total = job.rows().output().tokens();
        var contents =
                rows.stream().map(row -> RowContent.of(row, job.sources())).toList();
        for (int i = 0; i < n; i++) {
            var own = new ArrayList<RowContent>();
            for (int row = i; row < rows.size(); row += n) {
                own.add(contents.get(row));
            }
            int end = Math.max(job.until(), job.given(i).prefix());
            task.pictures.add(PictureRun.after(own, task, i, total, end, job.given(i)));
        }
        task.unfinished.addAll(task.pictures);
        return task;
    }

    /** A picture behind sequences that are read already and remain their owner's. */
    static DrawingTask behind(
            List<Sequence> sequences,
            float[] hidden,
            int total,
            SamplingSettings settings,
            NoiseSource noise,
            int picture,
            int tokenDim,
            DrawingObserver observer,
            Cancellation cancellation) {
        var task = new DrawingTask((p, token) -> settings, noise, picture, tokenDim, 1, observer, cancellation);
        task.pictures.add(PictureRun.behind(sequences, hidden, task, total));
        task.unfinished.addAll(task.pictures);
        return task;
    }

    /** What the engine's thread does before it tells who waits. */
    void beforeEnd(Runnable what) {
        beforeEnd = what;
    }

    /** Asks it to stop: within one token, unless it is done by then. */
    public void cancel() {
        cancellation.cancel();
    }

    /**
     * The tokens [n, h·w, tokenDim] of all pictures, caption by caption, raster order. Fails with {@link
     * CancellationException} if it was cancelled, and with what went wrong otherwise. Completed by the engine's thread: what
     * depends on it must be short, or use the methods that end in {@code Async}.
     */
    public CompletableFuture<float[]> tokens() {
        return tokens;
    }

    /**
     * Waits for the tokens. Interrupting the waiting thread cancels the drawing.
     *
     * @return tokens [n, h·w, tokenDim]
     * @throws CancellationException if it was cancelled
     * @throws TensorException if a token is not finite, which damaged weights cause
     */
    public float[] await() {
        try {
            return tokens.get();
        } catch (InterruptedException e) {
            cancel();
            ended();
            Thread.currentThread().interrupt();
            throw new CancellationException("the drawing was cancelled");
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        }
    }

    // Until the engine has let go of it, so that nothing of it is used any more.
    private void ended() {
        while (true) {
            try {
                tokens.handle((values, failure) -> "").get();
                return;
            } catch (InterruptedException | ExecutionException e) {
                // within one token
            }
        }
    }

    /** What went wrong, to be thrown by the thread that waited. */
    static RuntimeException unwrapped(@Nullable Throwable failure) {
        return switch (failure) {
            case CompletionException e when e.getCause() != null -> unwrapped(e.getCause());
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default -> new IllegalStateException(failure);
        };
    }

    /** How a token of one of its pictures is sampled. */
    SamplingSettings settings(int picture, int token) {
        return settings.of(firstPicture + picture, token);
    }

    /** Fills random numbers of one of its pictures. */
    void fillNoise(int picture, int token, int draw, float[] target) {
        noise.fill(firstPicture + picture, token, draw, target, 0, target.length);
    }

    /** Whether somebody watches: what nobody sees need not be copied. */
    boolean isObserved() {
        return observer != DrawingObserver.NONE;
    }

    /** Tells the observer something; what it throws ends this drawing. */
    void tell(Consumer<DrawingObserver> what) {
        if (isEnded()) {
            return;
        }
        try {
            what.accept(observer);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    boolean isCancelled() {
        return cancellation.isCancelled();
    }

    int pictures() {
        return pictures.size();
    }

    int tokenDim() {
        return tokenDim;
    }

    /** Rows of work it has had: who has had least comes first. */
    long served() {
        return served;
    }

    void serve(long rows) {
        served += rows;
    }

    /** A prompt row is computed for this drawing. */
    void countPrompt(int positions) {
        promptRows++;
        promptPositions += positions;
    }

    /** Some of its pictures are being read. */
    void beginReading() {
        isReading = true;
    }

    /** Says so when all that were begun are read. */
    void tellIfRead() {
        if (isReading && unfinished.stream().noneMatch(p -> p.stage() == PictureRun.Stage.READING)) {
            isReading = false;
            int rows = promptRows;
            int positions = promptPositions;
            promptRows = 0;
            promptPositions = 0;
            tell(o -> o.prefilled(rows, positions));
        }
    }

    /** So many tokens more of any picture. */
    void countMade(int more) {
        made += more;
    }

    /** Tells of tokens that are there from the beginning. */
    void tellGiven() {
        for (var picture : pictures) {
            if (picture.made() > 0) {
                countMade(picture.made());
                tell(o -> o.sampled(picture.index(), picture.made(), picture.tokens()));
            }
        }
        if (made > 0) {
            tell(o -> o.passed(made));
        }
    }

    /** Tokens of all pictures. */
    long made() {
        return made;
    }

    /** Pictures that may get on, in order. */
    List<PictureRun> next() {
        return unfinished.subList(0, Math.min(atOnce, unfinished.size()));
    }

    /** Pictures that are not at their end, in order. */
    List<PictureRun> unfinished() {
        return unfinished;
    }

    /** Pictures that have come to their end since the last call; all that are left, if the drawing failed. */
    List<PictureRun> takeFinished() {
        var finished = unfinished.stream()
                .filter(p -> failure != null || p.stage() == PictureRun.Stage.DONE)
                .toList();
        unfinished.removeAll(finished);
        return finished;
    }

    /** Ends it; {@link #conclude} tells who waits. */
    void fail(Throwable why) {
        if (failure == null && !isConcluded) {
            failure = why;
        }
    }

    /** Whether nothing may be done for it any more. */
    boolean isEnded() {
        return isConcluded || failure != null;
    }

    /** Tells who waits, when all is given back; true if it is over. */
    boolean conclude() {
        if (isConcluded || !unfinished.isEmpty()) {
            return isConcluded;
        }
        isConcluded = true;
        beforeEnd.run();
        if (failure != null) {
            tokens.completeExceptionally(failure);
            return true;
        }
        int per = pictures.getFirst().tokens().length;
        var all = new float[pictures.size() * per];
        for (int i = 0; i < pictures.size(); i++) {
            System.arraycopy(pictures.get(i).tokens(), 0, all, i * per, per);
        }
        tokens.complete(all);
        return true;
    }
}
