package dev.nextstep.train.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.checkpoint.IfExists;
import dev.nextstep.checkpoint.SafetensorsWriter;
import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.checkpoint.WeightType;
import dev.nextstep.data.files.AtomicFile;
import dev.nextstep.image.Pixels;
import dev.nextstep.torch.StepWeights;
import dev.nextstep.torch.Tensors;
import dev.nextstep.torch.TorchVae;
import dev.nextstep.torch.Weights;
import dev.nextstep.train.metrics.SamplePicture;
import dev.nextstep.train.run.RunException;
import dev.nextstep.train.run.TrainingRandom;
import dev.nextstep.train.task.Learned;
import dev.nextstep.train.task.Lesson;
import dev.nextstep.train.task.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;

/** Trains an image tokenizer: encode, normalise, add noise, decode, compare (paper §3.2, Eq. 3; spec §4.4). */
public final class TokenizerLesson implements Lesson {
    /** How many held-out pictures a validation looks at. */
    private static final int VALIDATED = 128;

    private static final int SHOWN = 24;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final VaeConfig config;
    private final TokenizerSettings settings;
    private final PictureSource pictures;
    private final PictureSource heldOut;
    private final Weights weights;
    private final TorchVae network;
    private long taken;

    /**
     * A lesson.
     *
     * @param weights to train; closed with this lesson
     * @param heldOut pictures for validation; may be none
     * @throws IllegalArgumentException if there is no picture, or the crops do not suit the tokenizer
     */
    public TokenizerLesson(
            VaeConfig config,
            TokenizerSettings settings,
            PictureSource pictures,
            PictureSource heldOut,
            Weights weights) {
        if (pictures.size() == 0) {
            throw new IllegalArgumentException("there is no picture to train on");
        }
        for (var set : settings.crops()) {
            if (set.side() % config.downsampling() != 0) {
                throw new IllegalArgumentException("crops of %d pixels are not a multiple of the down-sampling %d"
                        .formatted(set.side(), config.downsampling()));
            }
        }
        this.config = config;
        this.settings = settings;
        this.pictures = pictures;
        this.heldOut = heldOut;
        this.weights = weights;
        this.network = new TorchVae(config);
    }

    @Override
    public Weights weights() {
        return weights;
    }

    @Override
    public Learned learn(long step, int part, double scale, TrainingRandom random) {
        int all = settings.batch();
        long tokens = 0;
        double loss = 0;
        var figures = new LinkedHashMap<String, Double>();
        for (var set : settings.crops()) {
            double share = (double) set.batch() / all;
            int latent = set.side() / config.downsampling();
            var pass = pass(step, part, set, scale * share, random);
            loss += share * pass.loss;
            tokens += (long) set.batch() * latent * latent;
            figures.put("psnr_noisy" + suffix(set), -10 * Math.log10(pass.mse / 4));
        }
        taken += all;
        return new Learned(loss, all, tokens, figures);
    }

    private record Pass(double loss, double mse) {}

    /** One size forward and backward; gradients add up over the sizes, and the memory of one is free before the next. */
    private Pass pass(long step, int part, CropSet set, double scale, TrainingRandom random) {
        int n = set.batch();
        int side = set.side();
        int latent = side / config.downsampling();
        var noise = new float[n * config.latentChannels() * latent * latent];
        String suffix = suffix(set);
        random.stream(step, "latent noise" + suffix, part).normals(noise);
        var alphas = new float[n];
        random.stream(step, "noise levels" + suffix, part).uniforms(alphas);
        var pixels = new Crops(pictures, set).batch(random.stream(step, "crops" + suffix, part));
        try (var _ = new PointerScope()) {
            var view = new StepWeights(weights, settings.compute());
            var x = Tensors.of(pixels, n, 3, side, side);
            var level = Tensors.of(alphas, n, 1, 1, 1).mul(new Scalar(settings.noise()));
            var latents = network.encode(view, x)
                    .add(Tensors.of(noise, n, config.latentChannels(), latent, latent)
                            .mul(level));
            var decoded = network.decode(view, latents);
            var loss = settings.loss().of(decoded, x);
            loss.mul(new Scalar(scale)).backward();
            double mse = decoded.detach().sub(x).square().mean().item_float();
            return new Pass(loss.item_float(), mse);
        }
    }

    /** What tells a size's figures and random numbers from those of the first one, which have plain names. */
    private String suffix(CropSet set) {
        return set.equals(settings.crops().getFirst()) ? "" : "_" + set.side();
    }

    @Override
    public Map<String, Double> validate(Weights averaged) {
        int n = Math.min(VALIDATED, heldOut.size());
        var figures = new LinkedHashMap<String, Double>();
        var reconstruction = new Reconstruction(config, averaged);
        for (var set : settings.crops()) {
            double psnr = 0;
            double ssim = 0;
            for (int i = 0; i < n; i++) {
                var quality = reconstruction.quality(shown(i, n, set));
                psnr += quality.psnr();
                ssim += quality.ssim();
            }
            if (n > 0) {
                figures.put("psnr" + suffix(set), psnr / n);
                figures.put("ssim" + suffix(set), ssim / n);
            }
        }
        return figures;
    }

    private Pixels shown(int i, int of, CropSet set) {
        int index = (int) ((long) i * heldOut.size() / of);
        return Crops.fitted(heldOut.get(index), set.side());
    }

    @Override
    public SequencedMap<String, SamplePicture> sample(Weights averaged) {
        var reconstruction = new Reconstruction(config, averaged);
        var shown = new LinkedHashMap<String, SamplePicture>();
        int n = Math.min(SHOWN, heldOut.size());
        for (var set : settings.crops()) {
            for (int i = 0; i < n; i++) {
                var picture = shown(i, n, set);
                shown.put(
                        "%02d%s".formatted(i, suffix(set)),
                        Shown.of(beside(picture, reconstruction.of(picture)), "picture and reconstruction"));
            }
        }
        return shown;
    }

    private static Pixels beside(Pixels left, Pixels right) {
        int side = left.width();
        var a = left.toBytes();
        var b = right.toBytes();
        var both = new byte[2 * a.length];
        for (int y = 0; y < left.height(); y++) {
            System.arraycopy(a, 3 * y * side, both, 6 * y * side, 3 * side);
            System.arraycopy(b, 3 * y * side, both, 6 * y * side + 3 * side, 3 * side);
        }
        return Pixels.of(2 * side, left.height(), both);
    }

    @Override
    public double epochs() {
        return (double) taken / pictures.size();
    }

    @Override
    public ObjectNode state() {
        return MAPPER.createObjectNode().put("kind", "tokenizer").put("taken", taken);
    }

    @Override
    public void load(JsonNode state) {
        if (!state.path("kind").asText().equals("tokenizer")) {
            throw new IllegalArgumentException("the saved state is of a run of kind '%s', this one trains a tokenizer"
                    .formatted(state.path("kind").asText()));
        }
        taken = state.get("taken").asLong();
    }

    /** Writes the folder of an image tokenizer: {@code config.json} and {@code checkpoint.safetensors} in fp32. */
    @Override
    public void export(Weights averaged, Path folder) {
        try {
            Files.createDirectories(folder);
            AtomicFile.writeText(folder.resolve("config.json"), config.toJson());
        } catch (IOException e) {
            throw new RunException("the tokenizer cannot be written to %s: %s".formatted(folder, e.getMessage()), e);
        }
        SafetensorsWriter.write(
                folder.resolve("checkpoint.safetensors"),
                averaged.toTensors(),
                Map.of("format", "pt"),
                WeightType.AS_IS,
                IfExists.REPLACE);
    }

    @Override
    public void close() {
        weights.close();
    }
}
