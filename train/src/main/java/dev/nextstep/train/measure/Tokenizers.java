package dev.nextstep.train.measure;

import dev.nextstep.NextStep;
import dev.nextstep.OpenOptions;
import dev.nextstep.image.Pixels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The same image tokenizer several times: a model computes for one caller at a time, and 15,000 small pictures are read
 * quicker by a model on each processor than by one on all of them. Weights are mapped, so more of them cost little.
 */
final class Tokenizers implements AutoCloseable {
    private final List<NextStep> models = new ArrayList<>();
    private final BlockingQueue<NextStep> free;

    Tokenizers(Path modelDirectory, int count) {
        free = new ArrayBlockingQueue<>(count);
        for (int i = 0; i < count; i++) {
            models.add(NextStep.open(modelDirectory, OpenOptions.DEFAULT.withThreads(1)));
        }
        free.addAll(models);
    }

    /** What the tokenizer keeps of a picture. May be called by as many threads at once as there are tokenizers, or more. */
    Pixels reconstruct(Pixels picture) {
        var model = take();
        try {
            return model.reconstruct(picture);
        } finally {
            free.add(model);
        }
    }

    private NextStep take() {
        try {
            return free.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a tokenizer", e);
        }
    }

    @Override
    public void close() {
        models.forEach(NextStep::close);
    }
}
