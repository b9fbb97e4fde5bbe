package dev.nextstep.workflow.batch;

import dev.nextstep.GenerateRequest;
import dev.nextstep.Picture;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.workflow.config.SettingKey;
import dev.nextstep.workflow.config.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * Draws pictures of a plan, each scored, tried again while it is not good enough or could not be drawn, and written in all its
 * formats. Any number may be begun before the first is finished; they are drawn beside each other.
 */
final class PictureMaker {
    private final BatchModel model;
    private final QualityGate gate;
    private final int retries;
    private final PictureFiles files;
    private final BatchListener listener;
    private final Cancellation cancellation;

    /** A maker into a folder that is there. */
    PictureMaker(BatchModel model, Settings settings, Path folder, BatchListener listener, Cancellation cancellation) {
        this.model = model;
        this.gate = QualityGate.of(settings);
        this.retries = settings.whole(SettingKey.RETRIES);
        this.files = new PictureFiles(
                folder, settings.whole(SettingKey.JPEG_QUALITY), settings.isOn(SettingKey.METADATA_TRACKING));
        this.listener = listener;
        this.cancellation = cancellation;
    }

    /** Whether a picture is there as its record says. */
    boolean isThere(PictureRecord record) throws IOException {
        return record.isDone() && files.areWhole(record);
    }

    /** A picture that is being drawn; its first try, or what made that fail at once. */
    record Begun(PlannedPicture planned, Supplier<Picture> first, long since) {}

    /** Waits for the end of what is not wanted any more. */
    static void await(Begun begun) {
        try {
            var _ = begun.first.get();
        } catch (RuntimeException e) {
            // cancelled, or failed: the next run draws it
        }
    }

    /** Begins to draw one and returns at once. */
    Begun begin(PlannedPicture planned) {
        long now = System.nanoTime();
        try {
            return new Begun(planned, model.begin(planned.request(), cancellation), now);
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            Supplier<Picture> failure = () -> {
                throw e;
            };
            return new Begun(planned, failure, now);
        }
    }

    /**
     * Draws until it is good enough, and writes.
     *
     * @return what became of it, a failure too
     * @throws IOException if it cannot be written
     * @throws CancellationException if cancelled
     */
    PictureRecord finish(Begun begun) throws IOException {
        var planned = begun.planned;
        String failure = "";
        Optional<Tries.Best> kept = Optional.empty();
        for (int tried = 0; kept.isEmpty() && tried <= retries; tried++) {
            cancellation.check();
            try {
                kept = Optional.of(bestOf(planned, tried == 0 ? begun.first : () -> draw(planned.request())));
            } catch (CancellationException e) {
                throw e;
            } catch (RuntimeException e) {
                failure = String.valueOf(e.getMessage());
                if (tried < retries) {
                    listener.again(planned, failure);
                }
            }
        }
        double seconds = (System.nanoTime() - begun.since) / 1e9;
        if (kept.isEmpty()) {
            return new PictureRecord(planned.index(), List.of(), List.of(), -1, seconds, Optional.of(failure));
        }
        var drawn = PictureFiles.Drawn.of(kept.get(), seconds);
        var record = drawn.record(planned, files.write(planned, drawn, model));
        model.rest();
        return record;
    }

    private Tries.Best bestOf(PlannedPicture planned, Supplier<Picture> first) {
        var artist = new Tries.Artist() {
            @Override
            public Picture draw(GenerateRequest request) {
                return PictureMaker.this.draw(request);
            }

            @Override
            public Picture redraw(Picture best, int rows, long seed) {
                return model.redraw(best, rows, seed, cancellation).get();
            }
        };
        return new Tries(gate, model, artist, why -> listener.again(planned, why)).of(planned.request(), first.get());
    }

    private Picture draw(GenerateRequest request) {
        return model.begin(request, cancellation).get();
    }
}
