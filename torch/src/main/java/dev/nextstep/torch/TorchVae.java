package dev.nextstep.torch;

import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.vae.CodeGeneration;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The image tokenizer as a differentiable function of its weights (spec §4.2, §4.3). Stateless. */
public final class TorchVae {
    private static final int GROUPS = 32;
    private static final double EPSILON = 1e-6;

    private final VaeConfig config;
    private final CodeGeneration generation;

    /** The tokenizer of this configuration. */
    public TorchVae(VaeConfig config) {
        this(config, CodeGeneration.FEBRUARY_2026);
    }

    /** The tokenizer of this configuration, as one of the two code bases understands it. */
    public TorchVae(VaeConfig config, CodeGeneration generation) {
        this.config = config;
        this.generation = generation;
    }

    /**
     * Pixels to the latent that the transformer sees: the mean, normalised token-wise where the configuration says so.
     *
     * @param pixels [n, 3, h, w] in −1..1, h and w multiples of the down-sampling
     * @return fp32 [n, latentChannels, h / f, w / f]
     */
    public Tensor encode(StepWeights weights, Tensor pixels) {
        var mean = moments(weights, pixels).narrow(1, 0, config.latentChannels());
        boolean normalizes = config.normPatchSize().isPresent() || generation == CodeGeneration.AUGUST_2025;
        if (config.encoderNorm() && normalizes) {
            mean = normalize(mean);
        }
        return mean.sub(Scalars.of(config.shiftFactor())).mul(Scalars.of(config.scalingFactor()));
    }

    /** Layer norm without gain and bias over the channels of each latent pixel, or of each psz × psz cell (spec §4.2). */
    private Tensor normalize(Tensor mean) {
        int patch = config.normPatchSize().orElse(1);
        if (patch > 1) {
            var cells = torch.pixel_unshuffle(mean, patch);
            return torch.pixel_shuffle(normalizeChannels(cells), patch);
        }
        return normalizeChannels(mean);
    }

    private static Tensor normalizeChannels(Tensor x) {
        var last = x.permute(0, 2, 3, 1);
        var normed = torch.layer_norm(
                last, new long[] {x.size(1)}, new TensorOptional(), new TensorOptional(), EPSILON, false);
        return normed.permute(0, 3, 1, 2);
    }

    /** Raw mean and log-variance, fp32 [n, 2 · latentChannels, h / f, w / f]. */
    public Tensor moments(StepWeights weights, Tensor pixels) {
        var x = convolution(weights, "encoder.conv_in", weights.round(pixels), 1, 1);
        int depth = config.channelMultipliers().size();
        for (int level = 0; level < depth; level++) {
            for (int i = 0; i < config.residualBlocks(); i++) {
                x = residual(weights, "encoder.down.%d.block.%d".formatted(level, i), x);
            }
            if (level < depth - 1) {
                var padded = torch.constant_pad_nd(x, 0, 1, 0, 1);
                x = convolution(weights, "encoder.down.%d.downsample.conv".formatted(level), padded, 2, 0);
            }
        }
        x = middle(weights, "encoder.mid", x);
        x = torch.silu(norm(weights, "encoder.norm_out", x));
        return convolution(weights, "encoder.conv_out", x, 1, 1).to(ScalarType.Float);
    }

    /**
     * Latents to pixels.
     *
     * @param latent [n, latentChannels, h, w]
     * @return fp32 [n, 3, h · f, w · f], not clamped
     */
    public Tensor decode(StepWeights weights, Tensor latent) {
        var z = latent.div(Scalars.of(config.scalingFactor())).add(Scalars.of(config.shiftFactor()));
        var x = convolution(weights, "decoder.conv_in", weights.round(z), 1, 1);
        x = middle(weights, "decoder.mid", x);
        for (int level = config.channelMultipliers().size() - 1; level >= 0; level--) {
            for (int i = 0; i <= config.residualBlocks(); i++) {
                x = residual(weights, "decoder.up.%d.block.%d".formatted(level, i), x);
            }
            if (level > 0) {
                x = convolution(weights, "decoder.up.%d.upsample.conv".formatted(level), doubled(x), 1, 1);
            }
        }
        x = torch.silu(norm(weights, "decoder.norm_out", x));
        return convolution(weights, "decoder.conv_out", x, 1, 1).to(ScalarType.Float);
    }

    /** Nearest neighbour, twice as large; many times faster on processors than libtorch's own operation. */
    private static Tensor doubled(Tensor x) {
        long n = x.size(0);
        long c = x.size(1);
        long h = x.size(2);
        long w = x.size(3);
        return x.view(n, c, h, 1, w, 1).expand(n, c, h, 2, w, 2).reshape(n, c, 2 * h, 2 * w);
    }

    private static Tensor middle(StepWeights weights, String name, Tensor x) {
        var y = residual(weights, name + ".block_1", x);
        y = attention(weights, name + ".attn_1", y);
        return residual(weights, name + ".block_2", y);
    }

    private static Tensor residual(StepWeights weights, String name, Tensor x) {
        var hidden = torch.silu(norm(weights, name + ".norm1", x));
        hidden = convolution(weights, name + ".conv1", hidden, 1, 1);
        hidden = torch.silu(norm(weights, name + ".norm2", hidden));
        hidden = convolution(weights, name + ".conv2", hidden, 1, 1);
        boolean changes = weights.has(name + ".nin_shortcut.weight");
        return hidden.add(changes ? convolution(weights, name + ".nin_shortcut", x, 1, 0) : x);
    }

    private static Tensor attention(StepWeights weights, String name, Tensor x) {
        var normed = norm(weights, name + ".norm", x);
        var q = positions(convolution(weights, name + ".q", normed, 1, 0));
        var k = positions(convolution(weights, name + ".k", normed, 1, 0));
        var v = positions(convolution(weights, name + ".v", normed, 1, 0));
        var scale = Scalars.of(1 / Math.sqrt((double) x.size(1)));
        var scores = torch.bmm(q, k.transpose(1, 2)).to(ScalarType.Float).mul(scale);
        var mixed = torch.bmm(weights.round(torch.softmax(scores, -1)), v);
        var picture = mixed.transpose(1, 2).reshape(x.size(0), x.size(1), x.size(2), x.size(3));
        return x.add(convolution(weights, name + ".proj_out", picture, 1, 0));
    }

    /** [n, c, h, w] to [n, h · w, c]. */
    private static Tensor positions(Tensor x) {
        return x.flatten(2, 3).transpose(1, 2);
    }

    private static Tensor norm(StepWeights weights, String name, Tensor x) {
        return torch.group_norm(
                x,
                GROUPS,
                new TensorOptional(weights.rounded(name + ".weight")),
                new TensorOptional(weights.rounded(name + ".bias")),
                EPSILON,
                false);
    }

    private static Tensor convolution(StepWeights weights, String name, Tensor x, int stride, int padding) {
        return torch.conv2d(
                x,
                weights.rounded(name + ".weight"),
                new TensorOptional(weights.rounded(name + ".bias")),
                new long[] {stride, stride},
                new long[] {padding, padding},
                new long[] {1, 1},
                1);
    }
}
