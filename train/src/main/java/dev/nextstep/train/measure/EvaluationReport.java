package dev.nextstep.train.measure;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an evaluation found.
 *
 * @param model the model's name
 * @param weights hash over its weights
 * @param size side of the pictures in pixels
 * @param seed of the evaluation
 * @param facts what else decides the figures or explains them, by name: settings, numbers of pictures, classifier
 * @param figures the figures, in the order in which they are shown
 */
public record EvaluationReport(
        String model, String weights, int size, long seed, Map<String, String> facts, List<Figure> figures) {
    /** Copies the list. */
    public EvaluationReport {
        figures = List.copyOf(figures);
    }

    /** The figure of this id, if it was measured. */
    public Optional<Figure> find(String id) {
        return figures.stream().filter(figure -> figure.id().equals(id)).findFirst();
    }
}
