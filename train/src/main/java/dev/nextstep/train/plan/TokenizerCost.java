package dev.nextstep.train.plan;

import dev.nextstep.checkpoint.VaeConfig;

/**
 * Arithmetic and memory of an image tokenizer for one square picture.
 *
 * @param encoderFlops operations forward
 * @param decoderFlops operations forward
 * @param encoderValues numbers of all intermediate results, which a step of training keeps
 * @param decoderValues the same of the decoder
 */
record TokenizerCost(double encoderFlops, double decoderFlops, double encoderValues, double decoderValues) {

    static TokenizerCost of(VaeConfig config, double side) {
        var encoder = new Walk(side * side);
        double width = config.channels();
        encoder.convolution(config.inChannels(), width, 9);
        int depth = config.channelMultipliers().size();
        for (int level = 0; level < depth; level++) {
            double inner =
                    config.channels() * (double) config.channelMultipliers().get(level);
            for (int i = 0; i < config.residualBlocks(); i++) {
                encoder.residual(width, inner);
                width = inner;
            }
            if (level < depth - 1) {
                encoder.values += encoder.pixels * width; // padded
                encoder.pixels /= 4;
                encoder.convolution(width, width, 9);
            }
        }
        encoder.middle(width);
        encoder.values += 2 * encoder.pixels * width;
        encoder.convolution(width, 2.0 * config.latentChannels(), 9);

        var decoder = new Walk(encoder.pixels);
        decoder.convolution(config.latentChannels(), width, 9);
        decoder.middle(width);
        for (int level = depth - 1; level >= 0; level--) {
            double inner =
                    config.channels() * (double) config.channelMultipliers().get(level);
            for (int i = 0; i <= config.residualBlocks(); i++) {
                decoder.residual(width, inner);
                width = inner;
            }
            if (level > 0) {
                decoder.pixels *= 4;
                decoder.values += decoder.pixels * width; // doubled
                decoder.convolution(width, width, 9);
            }
        }
        decoder.values += 2 * decoder.pixels * width;
        decoder.convolution(width, config.outChannels(), 9);
        return new TokenizerCost(encoder.flops, decoder.flops, encoder.values, decoder.values);
    }

    /** Goes through layers and adds up. */
    private static final class Walk {
        double pixels;
        double flops;
        double values;

        Walk(double pixels) {
            this.pixels = pixels;
        }

        void convolution(double in, double out, double taps) {
            flops += 2 * taps * in * out * pixels;
            values += out * pixels;
        }

        /** Two norms, two activations, two convolutions, a sum. */
        void residual(double in, double out) {
            values += (2 * in + 3 * out) * pixels;
            convolution(in, out, 9);
            convolution(out, out, 9);
            if (in != out) {
                convolution(in, out, 1);
            }
        }

        void middle(double width) {
            residual(width, width);
            for (int i = 0; i < 4; i++) {
                convolution(width, width, 1);
            }
            flops += 4 * width * pixels * pixels;
            // Norm, mixture, its picture, sum; scores in the products' type, in fp32, scaled, and twice as shares.
            values += 4 * width * pixels + 6 * pixels * pixels;
            residual(width, width);
        }
    }
}
