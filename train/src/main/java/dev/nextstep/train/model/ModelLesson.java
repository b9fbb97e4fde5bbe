package dev.nextstep.train.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.checkpoint.WeightType;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.mix.Loaded;
import dev.nextstep.data.mix.RowLoader;
import dev.nextstep.data.pack.PackedRow;
import dev.nextstep.torch.StepWeights;
import dev.nextstep.torch.Tensors;
import dev.nextstep.torch.Weights;
import dev.nextstep.train.metrics.SamplePicture;
import dev.nextstep.train.model.LatentCache.PictureTokens;
import dev.nextstep.train.run.RunException;
import dev.nextstep.train.run.TrainingRandom;
import dev.nextstep.train.task.Learned;
import dev.nextstep.train.task.Lesson;
import dev.nextstep.train.task.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/** Trains language model, projectors and flow head on mixtures of all kinds of samples (paper §3; spec §8). */
public final class ModelLesson implements Lesson {
    /** Times of the flow are reported in so many equal bins. */
    private static final int TIME_BINS = 4;

    /** Noise and times of validations are those of no step. */
    private static final long VALIDATION_SEED = -1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ModelLessonSettings settings;
    private final ModelFiles files;
    private final RowSource training;
    private final RowSource validation;
    private final Batches batches;
    private final Weights weights;
    private final ModelObjective objective;
    private final SharedObjective shared;
    private BatchesAhead ahead;
    private long samples;

    /**
     * A lesson.
     *
     * @param training rows to learn from
     * @param validation rows to measure on, begun anew at each validation
     * @param weights to train; closed with this lesson
     * @param processors how many threads may compute at once
     */
    public ModelLesson(
            ModelLessonSettings settings,
            ModelFiles files,
            RowSource training,
            RowSource validation,
            Weights weights,
            int processors) {
        this.settings = settings;
        this.files = files;
        this.training = training;
        this.validation = validation;
        this.weights = weights;
        this.objective = new ModelObjective(files.config(), settings.objective());
        this.batches = new Batches(
                files.config().tokenDimension(),
                files.config().patchSize(),
                training.pad(),
                training.visibility(),
                settings.inputNoise());
        this.shared = new SharedObjective(
                objective, weights, settings.compute(), settings.checkpointing(), settings.rows(), processors);
        this.ahead = ahead(training.begin());
    }

    private BatchesAhead ahead(RowLoader<List<PictureTokens>> loader) {
        return new BatchesAhead(batches, settings.rows(), settings.flowCopies(), loader);
    }

    @Override
    public Weights weights() {
        return weights;
    }

    private List<PackedRow<Loaded<List<PictureTokens>>>> rows(RowLoader<List<PictureTokens>> from) {
        var rows = new ArrayList<PackedRow<Loaded<List<PictureTokens>>>>();
        for (int i = 0; i < settings.rows(); i++) {
            rows.add(from.next());
        }
        return rows;
    }

    @Override
    public Learned learn(long step, int part, double scale, TrainingRandom random) {
        var ready = ahead.next(step, part, random);
        var batch = ready.batch();
        samples += ready.samples();
        var whole = BatchCounts.of(batch, ready.draws());
        var loss = shared.learn(batch, ready.draws(), scale);
        var values = new TreeMap<String, Double>();
        if (whole.textTokens() > 0) {
            values.put("text_loss", loss.text());
        }
        if (whole.copies() > 0) {
            values.put("image_loss", loss.image());
        }
        values.put("padding", ready.padding() / (double) batch.tokens());
        return new Learned(loss.total(), ready.samples(), batch.tokens(), values);
    }

    /** Losses over fixed rows, noise and times: both parts, per time bin, and per kind of sample where rows have one kind. */
    @Override
    public Map<String, Double> validate(Weights averaged) {
        var sums = new Sums();
        var fixed = validation.begin();
        var quiet = new Batches(
                files.config().tokenDimension(),
                files.config().patchSize(),
                validation.pad(),
                validation.visibility(),
                new InputNoise.None());
        var random = new TrainingRandom(VALIDATION_SEED);
        for (int i = 0; i < settings.validationBatches(); i++) {
            var rows = rows(fixed);
            var batch = quiet.of(rows, i, 0, random);
            var draws = quiet.draws(batch, settings.flowCopies(), i, 0, random);
            try (var _ = new PointerScope();
                    var _ = new NoGradGuard()) {
                var losses = objective.of(new StepWeights(averaged, settings.compute()), batch, draws);
                losses.text().ifPresent(t -> sums.add("text_loss", t.item_float(), losses.textTokens()));
                losses.perCopy().ifPresent(copies -> spread(sums, fixed, rows, batch, draws, Tensors.toFloats(copies)));
            }
        }
        return sums.means();
    }

    private static void spread(
            Sums sums,
            RowLoader<List<PictureTokens>> loader,
            List<PackedRow<Loaded<List<PictureTokens>>>> rows,
            TrainingBatch batch,
            FlowDraws draws,
            float[] copies) {
        var kinds = kinds(loader, rows, batch);
        for (int i = 0; i < copies.length; i++) {
            double time = 1 / (1 + Math.exp(-draws.logits()[i]));
            int bin = Math.min(TIME_BINS - 1, (int) (time * TIME_BINS));
            int place = batch.slots()[batch.learned()[draws.learned()[i]]];
            sums.add("image_loss", copies[i], 1);
            sums.add("image_loss_t" + bin, copies[i], 1);
            sums.add("image_loss_" + kinds[place].id(), copies[i], 1);
        }
    }

    /** The kind of sample at each place of a batch. */
    private static SampleKind[] kinds(
            RowLoader<List<PictureTokens>> loader,
            List<PackedRow<Loaded<List<PictureTokens>>>> rows,
            TrainingBatch batch) {
        var kinds = new SampleKind[batch.tokens()];
        for (int r = 0; r < rows.size(); r++) {
            for (var part : rows.get(r).parts()) {
                var source =
                        loader.mixer().sources().get(part.owner().reference().source());
                Arrays.fill(
                        kinds,
                        r * batch.length() + part.from(),
                        r * batch.length() + part.to(),
                        source.data().kind());
            }
        }
        return kinds;
    }

    private static final class Sums {
        private final Map<String, double[]> sums = new TreeMap<>();

        void add(String name, double value, double weight) {
            var sum = sums.computeIfAbsent(name, _ -> new double[2]);
            sum[0] += value * weight;
            sum[1] += weight;
        }

        Map<String, Double> means() {
            var means = new TreeMap<String, Double>();
            sums.forEach((name, sum) -> means.put(name, sum[0] / sum[1]));
            return means;
        }
    }

    /** Draws the prompts with the engine that users have, so that samples show what the model will do there. */
    @Override
    public SequencedMap<String, SamplePicture> sample(Weights averaged) {
        var drawn = new LinkedHashMap<String, SamplePicture>();
        if (settings.prompts().isEmpty()) {
            return drawn;
        }
        try {
            var place = Files.createTempDirectory("nextstep-samples");
            var model = place.resolve("model");
            files.write(averaged, model, WeightType.AS_IS);
            try (var engine = NextStep.open(model)) {
                for (int i = 0; i < settings.prompts().size(); i++) {
                    String prompt = settings.prompts().get(i);
                    var picture = engine.generate(
                            GenerateRequest.builder(prompt).seed(i).build());
                    drawn.put("%02d".formatted(i), Shown.of(picture.pixels(), prompt));
                }
            } finally {
                delete(place);
            }
            return drawn;
        } catch (IOException e) {
            throw new RunException("samples cannot be drawn: " + e.getMessage(), e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new RunException("the model of the samples cannot be deleted: " + e.getMessage(), e);
        }
    }

    @Override
    public double epochs() {
        return samples / (double) training.samples();
    }

    @Override
    public ObjectNode state() {
        var state = MAPPER.createObjectNode().put("kind", "transformer").put("samples", samples);
        state.set("loader", MAPPER.valueToTree(ahead.state().toJson()));
        return state;
    }

    @Override
    public void load(JsonNode state) {
        if (!state.path("kind").asText().equals("transformer")) {
            throw new IllegalArgumentException("the saved state is of a run of kind '%s', this one trains a transformer"
                    .formatted(state.path("kind").asText()));
        }
        samples = state.get("samples").asLong();
        ahead.close();
        ahead = ahead(training.resume(MAPPER.convertValue(state.get("loader"), Map.class)));
    }

    @Override
    public void export(Weights averaged, Path folder) {
        files.write(averaged, folder, WeightType.FLOAT16);
    }

    @Override
    public void close() {
        ahead.close();
        shared.close();
        weights.close();
        training.close();
        validation.close();
    }
}
