package dev.nextstep.vae;

import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.kernel.Bf16;
import dev.nextstep.kernel.FeatureMap;
import dev.nextstep.kernel.GemmWorkspace;
import dev.nextstep.kernel.GroupNorm;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.TensorSource;

/**
 * The image tokenizer: pixels to latents and back (spec §1.4, §2.3, §4).
 *
 * <p>Immutable and safe for use by several threads. The same input gives the same bits whatever the number of threads,
 * the vector width of the machine and the working memory are. Encoder and decoder stand apart: weights of a layer are
 * read and widened to fp32 when it first computes, so who only decodes never touches the encoder.
 */
public final class ImageTokenizer {

    /**
     * How to compute.
     *
     * @param precision FP32, or the roundings of the official pipeline
     * @param generation which code base's rule for the latent norm to follow
     * @param workingMemory bytes of activations that a residual block may hold; a picture that needs more is computed in
     *     strips at the levels concerned, with the same result, in less than half of the memory and about 1.6 times the
     *     time. At least 1
     */
    public record Options(Precision precision, CodeGeneration generation, long workingMemory) {
        /** fp32, the rule of August 2025, 1 GiB: 512 × 512 pixels of the official tokenizer in one piece. */
        public static final Options DEFAULT = new Options(Precision.FP32, CodeGeneration.AUGUST_2025, 1L << 30);

        public Options {
            if (workingMemory < 1) {
                throw new IllegalArgumentException("working memory must be at least 1 byte, not " + workingMemory);
            }
        }
    }

    private final VaeConfig config;
    private final Options options;
    private final GemmWorkspace workspace;
    private final Lazy<Encoder> encoder;
    private final Lazy<Decoder> decoder;

    private ImageTokenizer(VaeConfig config, TensorSource weights, ThreadTeam team, Options options) {
        check(config);
        this.config = config;
        this.options = options;
        this.workspace = new GemmWorkspace(team);
        var layers = new Layers(weights, options.precision());
        encoder = new Lazy<>(() -> new Encoder(config, layers));
        decoder = new Lazy<>(() -> new Decoder(config, layers));
        // A file may hold one half only; a half that is there must be complete.
        if (weights.names().stream().anyMatch(name -> name.startsWith("encoder."))) {
            encoder.get();
        }
        if (weights.names().stream().noneMatch(name -> name.startsWith("encoder."))
                || weights.names().stream().anyMatch(name -> name.startsWith("decoder."))) {
            decoder.get();
        }
    }

    /**
     * A tokenizer with default options.
     *
     * @param weights tensors with canonical names and shapes (spec §2.3), of type F32, F16 or BF16; must stay open
     * @param team threads to compute on; must stay open
     * @throws dev.nextstep.tensor.TensorException if a tensor is missing or misshapen. A source without any encoder
     *     tensor can still decode, and the other way round
     * @throws IllegalArgumentException if the configuration describes no such network
     */
    public static ImageTokenizer load(VaeConfig config, TensorSource weights, ThreadTeam team) {
        return load(config, weights, team, Options.DEFAULT);
    }

    /** Like {@link #load(VaeConfig, TensorSource, ThreadTeam)}, with options. */
    public static ImageTokenizer load(VaeConfig config, TensorSource weights, ThreadTeam team, Options options) {
        return new ImageTokenizer(config, weights, team, options);
    }

    private static void check(VaeConfig config) {
        between(config.channelMultipliers().size(), 1, 8, "number of levels (ch_mult)");
        between(config.residualBlocks(), 1, 16, "num_res_blocks");
        between(config.latentChannels(), 1, 1024, "z_channels");
        between(config.inChannels(), 1, 64, "in_channels");
        between(config.outChannels(), 1, 64, "out_ch");
        between(config.channels(), 1, 1 << 14, "ch");
        for (int multiplier : config.channelMultipliers()) {
            between(multiplier, 1, 64, "ch_mult");
            if ((long) config.channels() * multiplier % GroupNorm.GROUPS != 0) {
                throw new IllegalArgumentException(
                        "ch %d times ch_mult %d must be a multiple of %d, the number of norm groups"
                                .formatted(config.channels(), multiplier, GroupNorm.GROUPS));
            }
        }
        if (config.scalingFactor() == 0 || !Float.isFinite(config.scalingFactor())) {
            throw new IllegalArgumentException(
                    "scaling_factor must be finite and not 0, not " + config.scalingFactor());
        }
    }

    private static void between(int value, int low, int high, String name) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(
                    "%s must be between %d and %d, not %d".formatted(name, low, high, value));
        }
    }

    /** The configuration. */
    public VaeConfig config() {
        return config;
    }

    /**
     * Encodes a picture.
     *
     * @param pixels [in_channels, H, W] in −1 … 1; H and W multiples of {@link VaeConfig#downsampling}
     * @throws IllegalArgumentException if the size is impossible
     */
    public Moments encode(Planes pixels) {
        return encode(pixels, DecodeProgress.NONE);
    }

    /** Like {@link #encode(Planes)}, with somebody who listens and may cancel. */
    public Moments encode(Planes pixels, DecodeProgress progress) {
        return encode(pixels, progress, Run.Trace.NONE);
    }

    Moments encode(Planes pixels, DecodeProgress progress, Run.Trace trace) {
        checkPixels(pixels.channels(), pixels.height(), pixels.width());
        var load = Workload.ofEncoder(config, options.workingMemory, pixels.height(), pixels.width());
        var run = new Run(workspace, options.workingMemory, progress, trace, load.work());
        var input = rounded(FeatureMap.ofPlanes(pixels.values(), pixels.channels(), pixels.height(), pixels.width()));
        var output = planes(encoder.get().apply(input, run));
        int latentChannels = config.latentChannels();
        var mean = output.slice(0, latentChannels);
        var norm = LatentNormalization.of(config, options.generation);
        if (norm.isPresent()) {
            mean = norm.get().apply(mean);
            round(mean.values());
        }
        return new Moments(output, mean, output.slice(latentChannels, 2 * latentChannels));
    }

    /**
     * The latent that the model works with, of the most likely posterior value: (mean − shift) · scale.
     *
     * @return [latent channels, h, w]
     */
    public Planes latent(Moments moments) {
        return scaled(moments.mean());
    }

    /**
     * The latent of a posterior sample; of the mean if the configuration is deterministic.
     *
     * @param noise standard normal values, as many as the mean has, in its order
     */
    public Planes latent(Moments moments, float[] noise) {
        return scaled(config.deterministic() ? moments.mean() : moments.sample(noise));
    }

    private Planes scaled(Planes z) {
        var values = z.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] - config.shiftFactor());
        }
        round(values);
        for (int i = 0; i < values.length; i++) {
            values[i] *= config.scalingFactor();
        }
        round(values);
        return new Planes(z.channels(), z.height(), z.width(), values);
    }

    /**
     * Decodes a latent.
     *
     * @param latent [latent channels, h, w], scaled and shifted as {@link #latent} makes it
     * @return pixels [out_ch, h · downsampling, w · downsampling], about −1 … 1, not clamped
     */
    public Planes decode(Planes latent) {
        return decode(latent, DecodeProgress.NONE);
    }

    /** Like {@link #decode(Planes)}, with somebody who listens and may cancel. */
    public Planes decode(Planes latent, DecodeProgress progress) {
        return decode(latent, progress, Run.Trace.NONE);
    }

    Planes decode(Planes latent, DecodeProgress progress, Run.Trace trace) {
        if (latent.channels() != config.latentChannels()) {
            throw new IllegalArgumentException(
                    "a latent must have %d channels, not %d".formatted(config.latentChannels(), latent.channels()));
        }
        var load = Workload.ofDecoder(config, options.workingMemory, latent.height(), latent.width());
        var run = new Run(workspace, options.workingMemory, progress, trace, load.work());
        var values = latent.values().clone();
        round(values);
        for (int i = 0; i < values.length; i++) {
            values[i] /= config.scalingFactor();
        }
        round(values);
        for (int i = 0; i < values.length; i++) {
            values[i] += config.shiftFactor();
        }
        var input = rounded(FeatureMap.ofPlanes(values, latent.channels(), latent.height(), latent.width()));
        return planes(decoder.get().apply(input, run));
    }

    /**
     * Bytes of activations that encoding a picture of that size takes at most, weights and per-thread tiles (under 2 MiB
     * each) not counted.
     *
     * @param height pixels, a multiple of {@link VaeConfig#downsampling}
     * @param width likewise
     */
    public long encodeBytes(int height, int width) {
        checkPixels(config.inChannels(), height, width);
        return Workload.ofEncoder(config, options.workingMemory, height, width).peakBytes();
    }

    /** The same for decoding to a picture of that size. */
    public long decodeBytes(int height, int width) {
        checkPixels(config.inChannels(), height, width);
        int factor = config.downsampling();
        return Workload.ofDecoder(config, options.workingMemory, height / factor, width / factor)
                .peakBytes();
    }

    /** Multiply-adds of decoding to a picture of that size, as progress counts them: for predictions of time. */
    public double decodeWork(int height, int width) {
        checkPixels(config.inChannels(), height, width);
        int factor = config.downsampling();
        return Workload.ofDecoder(config, options.workingMemory, height / factor, width / factor)
                .work();
    }

    private void checkPixels(int channels, int height, int width) {
        int factor = config.downsampling();
        if (channels != config.inChannels()) {
            throw new IllegalArgumentException(
                    "a picture must have %d channels, not %d".formatted(config.inChannels(), channels));
        }
        if (height < factor || width < factor || height % factor != 0 || width % factor != 0) {
            throw new IllegalArgumentException(
                    "height and width must be multiples of %d, not %d x %d: crop or resize the picture"
                            .formatted(factor, height, width));
        }
    }

    private FeatureMap rounded(FeatureMap map) {
        round(map.data());
        return map;
    }

    private void round(float[] values) {
        if (options.precision == Precision.REFERENCE_BF16) {
            Bf16.round(values, 0, values.length);
        }
    }

    private static Planes planes(FeatureMap map) {
        var planes = Planes.zeros(map.channels(), map.height(), map.width());
        map.toPlanes(planes.values());
        return planes;
    }
}
