package dev.nextstep.engine;

import dev.nextstep.tensor.Finite;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** The next token of all pictures whose hidden states are there, in one call. Belongs to the engine's thread. */
final class Sampling {
    private final LoadedModel model;

    Sampling(LoadedModel model) {
        this.model = model;
    }

    /** Samples and reports; a drawing whose observer throws or whose token is not finite fails alone. */
    void run(List<PictureRun> pictures) {
        if (pictures.isEmpty()) {
            return;
        }
        var backend = model.backend();
        int width = backend.hiddenSize();
        int rows = pictures.stream().mapToInt(PictureRun::rows).sum();
        var hidden = new float[rows * width];
        var tokens = new int[rows];
        int row = 0;
        for (var picture : pictures) {
            System.arraycopy(picture.hidden(), 0, hidden, row * width, picture.rows() * width);
            model.generationPositions().add(hidden, row, picture.rows(), picture.made());
            for (int r = 0; r < picture.rows(); r++) {
                tokens[row++] = picture.made();
            }
        }
        float[] conditions = backend.conditions(hidden, tokens);
        show(pictures, hidden, conditions, width);
        var draws = pictures.stream().map(Sampling::draw).toList();
        float[] sampled = backend.sample(draws, conditions);
        receive(pictures, sampled);
    }

    private static TokenDraw draw(PictureRun picture) {
        var settings = picture.settings();
        return new TokenDraw(
                settings.sampler(),
                settings.steps(),
                settings.timestepShift(),
                settings.guidance(),
                picture.rows(),
                picture.made(),
                picture.total(),
                picture::fillNoise);
    }

    private static void show(List<PictureRun> pictures, float[] hidden, float[] conditions, int width) {
        int row = 0;
        for (var picture : pictures) {
            var task = picture.task();
            int from = row * width;
            int n = picture.rows() * width;
            row += picture.rows();
            if (task.isObserved()) {
                var state = new float[n];
                var condition = new float[n];
                System.arraycopy(hidden, from, state, 0, n);
                System.arraycopy(conditions, from, condition, 0, n);
                task.tell(observer -> observer.sampling(picture.index(), picture.made(), state, condition));
            }
        }
    }

    private void receive(List<PictureRun> pictures, float[] sampled) {
        int dim = model.backend().tokenDim();
        var finite = new ArrayList<PictureRun>();
        var values = new ArrayList<float[]>();
        for (int i = 0; i < pictures.size(); i++) {
            var picture = pictures.get(i);
            var token = new float[dim];
            System.arraycopy(sampled, i * dim, token, 0, dim);
            try {
                Finite.require(
                        token,
                        "%s: image token %d of %d"
                                .formatted(model.directory().tensors().origin(), picture.made() + 1, picture.total()));
                finite.add(picture);
                values.add(token);
            } catch (RuntimeException e) {
                picture.task().fail(e);
            }
        }
        normalize(finite, values);
        var touched = new LinkedHashSet<DrawingTask>();
        for (int i = 0; i < finite.size(); i++) {
            var picture = finite.get(i);
            var task = picture.task();
            if (task.isEnded()) {
                continue;
            }
            int before = picture.made();
            picture.sampled(values.get(i));
            task.countMade(picture.made() - before);
            touched.add(task);
            task.tell(observer -> observer.sampled(picture.index(), picture.made(), picture.tokens()));
        }
        touched.forEach(task -> task.tell(observer -> observer.passed(task.made())));
    }

    private void normalize(List<PictureRun> pictures, List<float[]> values) {
        var chosen = new ArrayList<Integer>();
        for (int i = 0; i < values.size(); i++) {
            if (pictures.get(i).settings().normalization() == TokenNormalization.ON) {
                chosen.add(i);
            }
        }
        if (chosen.isEmpty()) {
            return;
        }
        int dim = values.getFirst().length;
        var together = new float[chosen.size() * dim];
        for (int k = 0; k < chosen.size(); k++) {
            System.arraycopy(values.get(chosen.get(k)), 0, together, k * dim, dim);
        }
        float[] normalized = model.backend().normalize(together, chosen.size());
        for (int k = 0; k < chosen.size(); k++) {
            System.arraycopy(normalized, k * dim, values.get(chosen.get(k)), 0, dim);
        }
    }
}
