package dev.nextstep.train.tokenizer;

import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.image.PictureDifference;
import dev.nextstep.image.PixelFloats;
import dev.nextstep.image.Pixels;
import dev.nextstep.torch.Compute;
import dev.nextstep.torch.StepWeights;
import dev.nextstep.torch.Tensors;
import dev.nextstep.torch.TorchVae;
import dev.nextstep.torch.Weights;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/** Pictures through encoder and decoder, in fp32 and without noise. */
final class Reconstruction {
    private static final double MOST_DECIBELS = 60; // an equal picture has infinitely many

    private final TorchVae network;
    private final Weights weights;

    Reconstruction(VaeConfig config, Weights weights) {
        this.network = new TorchVae(config);
        this.weights = weights;
    }

    /** The picture as the tokenizer gives it back. */
    Pixels of(Pixels picture) {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            var step = new StepWeights(weights, Compute.FP32);
            var pixels = Tensors.of(PixelFloats.toFloats(picture), 1, 3, picture.height(), picture.width());
            var decoded = network.decode(step, network.encode(step, pixels));
            return PixelFloats.fromFloats(Tensors.toFloats(decoded), picture.width(), picture.height());
        }
    }

    /** Peak signal-to-noise ratio in decibels, at most 60, and SSIM. */
    record Quality(double psnr, double ssim) {}

    Quality quality(Pixels picture) {
        var difference = PictureDifference.of(picture, of(picture));
        return new Quality(Math.min(MOST_DECIBELS, difference.psnr()), difference.ssim());
    }
}
