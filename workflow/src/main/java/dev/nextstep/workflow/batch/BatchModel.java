package dev.nextstep.workflow.batch;

import dev.nextstep.DrawingOptions;
import dev.nextstep.DrawingSettings;
import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.Picture;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.vae.LatentNormalization;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** What a batch needs of a model: what it can do, for the plan, and drawing. */
public interface BatchModel {
    /** Name of the model, for manifests. */
    String name();

    /** Hash of its weights. */
    String weightsHash();

    /** Settings that it likes. */
    DrawingSettings defaults();

    /** Side of a token in pixels. */
    int pixelsPerToken();

    /**
     * Size of a picture of that shape whose area is that of the settings.
     *
     * @return options with width and height and nothing else
     */
    DrawingOptions sizeFor(Shape shape, DrawingSettings settings);

    /**
     * Returns if it draws such a picture, as far as memory allows.
     *
     * @throws RuntimeException saying why not: of its size, or a prompt that is too long
     */
    void require(GenerateRequest request);

    /**
     * Begins to draw a picture beside others that are being drawn, and returns at once.
     *
     * @param request of one picture
     * @return waits for the picture; throws what made it fail, {@link java.util.concurrent.CancellationException} if cancelled
     */
    Supplier<Picture> begin(GenerateRequest request, Cancellation cancellation);

    /**
     * Begins to draw a picture again from some row of tokens on; what is above stays, byte for byte.
     *
     * @param picture that {@link #begin} or this gave
     * @param rows rows of tokens that are kept, from 1 to those of the picture less 1
     * @param seed of what is drawn anew
     * @return as {@link #begin}
     */
    Supplier<Picture> redraw(Picture picture, int rows, long seed, Cancellation cancellation);

    /** Numbers of an image token if tokens have a mean of 0 and a variance of 1 each; empty if they are not normalised. */
    OptionalInt normalTokens();

    /** Called when a picture is finished and its files are there. */
    default void rest() {}

    /** How much memory may be used. */
    enum Memory {
        /** What is quickest. */
        PLENTY,
        /** As little as there can be. */
        LITTLE
    }

    /** An open model. */
    static BatchModel of(NextStep model) {
        return new Opened(model, Memory.PLENTY);
    }

    /**
     * A {@link NextStep}.
     *
     * @param model open for as long as this is used
     * @param memory how much may be used
     */
    record Opened(NextStep model, Memory memory) implements BatchModel {
        @Override
        public String name() {
            return model.name();
        }

        @Override
        public String weightsHash() {
            return model.weightsHash();
        }

        @Override
        public DrawingSettings defaults() {
            return model.generateDefaults();
        }

        @Override
        public int pixelsPerToken() {
            return model.parts().pixelsPerToken();
        }

        @Override
        public DrawingOptions sizeFor(Shape shape, DrawingSettings settings) {
            return model.sizeFor(shape.width(), shape.height(), settings);
        }

        @Override
        public void require(GenerateRequest request) {
            var settings = request.options().resolve(defaults());
            model.requireSize(settings.width(), settings.height());
            var _ = model.memory(request); // reads the prompt
        }

        @Override
        public Supplier<Picture> begin(GenerateRequest request, Cancellation cancellation) {
            var drawing = model.submit(List.of(request), cancellation);
            return () -> drawing.await().getFirst();
        }

        @Override
        public Supplier<Picture> redraw(Picture picture, int rows, long seed, Cancellation cancellation) {
            var drawing = model.submit(model.snapshot(picture).keepRows(rows).withSeed(seed), cancellation);
            return () -> drawing.await().getFirst();
        }

        @Override
        public OptionalInt normalTokens() {
            var config = model.parts().directory().vae().config();
            boolean normal = LatentNormalization.of(config, model.arithmetic().generation())
                    .isPresent();
            return normal ? OptionalInt.of(model.parts().backend().tokenDim()) : OptionalInt.empty();
        }

        /** The collector would let the heap grow to its limit before it looks at what pictures before have left in it. */
        @Override
        public void rest() {
            if (memory == Memory.LITTLE) {
                System.gc();
            }
        }
    }
}
