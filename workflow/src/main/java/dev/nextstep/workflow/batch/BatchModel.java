package dev.nextstep.workflow.batch;

import dev.nextstep.DrawingListener;
import dev.nextstep.DrawingOptions;
import dev.nextstep.DrawingSettings;
import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.Picture;
import dev.nextstep.engine.Cancellation;
import java.util.List;

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
     * Draws the pictures of requests that differ in seed and index only, one picture each.
     *
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    List<Picture> draw(List<GenerateRequest> requests, Cancellation cancellation);

    /** An open model. */
    static BatchModel of(NextStep model) {
        return new Opened(model);
    }

    /**
     * A {@link NextStep}.
     *
     * @param model open for as long as this is used
     */
    record Opened(NextStep model) implements BatchModel {
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
        public List<Picture> draw(List<GenerateRequest> requests, Cancellation cancellation) {
            return model.generateTogether(requests, DrawingListener.NONE, cancellation);
        }
    }
}
