package dev.nextstep.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.TensorException;
import dev.nextstep.vae.ImageTokenizer.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ImageTokenizerTest {
    private final long seed = System.nanoTime();

    private static Options memory(long bytes) {
        return new Options(Precision.FP32, CodeGeneration.AUGUST_2025, bytes);
    }

    @Test
    void stripsAndThreadsChangeNoBit() {
        var random = new Random(seed);
        var config = RandomVae.config(32, 1, 1, 2, 2);
        var latent = RandomVae.noise(4, 5 + random.nextInt(16), 3 + random.nextInt(10), seed);
        var pixels = RandomVae.noise(3, 4 * latent.height(), 4 * latent.width(), seed);
        var weights = new RandomVae("", seed);
        List<float[]> decoded = new ArrayList<>();
        List<float[]> encoded = new ArrayList<>();
        for (int threads : List.of(1, 3)) {
            for (long memory : List.of(1L, 200_000L, 1L << 30)) {
                try (var team = ThreadTeam.of(threads)) {
                    var tokenizer = ImageTokenizer.load(config, weights, team, memory(memory));
                    decoded.add(tokenizer.decode(latent).values());
                    encoded.add(tokenizer.encode(pixels).encoderOut().values());
                }
            }
        }
        for (int i = 1; i < decoded.size(); i++) {
            assertThat(decoded.get(i))
                    .as("decoding %s, way %d, seed %d", latent, i, seed)
                    .isEqualTo(decoded.getFirst());
            assertThat(encoded.get(i))
                    .as("encoding %s, way %d, seed %d", pixels, i, seed)
                    .isEqualTo(encoded.getFirst());
        }
    }

    @Test
    void halvesStandAlone() {
        var config = RandomVae.config(32, 1, 1, 2);
        try (var team = ThreadTeam.of(1)) {
            var decoderOnly = ImageTokenizer.load(config, new RandomVae("decoder.", seed), team);
            assertThat(decoderOnly.decode(RandomVae.noise(4, 4, 6, seed))).hasToString("[3, 8, 12]");
            assertThatThrownBy(() -> decoderOnly.encode(RandomVae.noise(3, 8, 8, seed)))
                    .isInstanceOf(TensorException.class)
                    .hasMessageContaining("encoder.conv_in.weight");
            var encoderOnly = ImageTokenizer.load(config, new RandomVae("encoder.", seed), team);
            assertThat(encoderOnly.encode(RandomVae.noise(3, 8, 8, seed)).mean())
                    .hasToString("[4, 4, 4]");
            assertThatThrownBy(() -> ImageTokenizer.load(config, new RandomVae("other.", seed), team))
                    .isInstanceOf(TensorException.class)
                    .hasMessageContaining("decoder.conv_in.weight");
        }
    }

    @Test
    void refusesImpossibleSizesAndSettings() {
        try (var team = ThreadTeam.of(1)) {
            var weights = new RandomVae("", seed);
            var tokenizer = ImageTokenizer.load(RandomVae.config(32, 1, 1, 1, 1), weights, team);
            assertThatThrownBy(() -> tokenizer.encode(Planes.zeros(3, 10, 8)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("multiples of 4")
                    .hasMessageContaining("10 x 8");
            assertThatThrownBy(() -> tokenizer.encode(Planes.zeros(1, 8, 8))).hasMessageContaining("3 channels");
            assertThatThrownBy(() -> tokenizer.decode(Planes.zeros(5, 8, 8))).hasMessageContaining("4 channels");
            assertThatThrownBy(() -> ImageTokenizer.load(RandomVae.config(40, 1, 1), weights, team))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("multiple of 32");
            assertThatThrownBy(() -> new Patchifier(2).patchify(Planes.zeros(4, 3, 4)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new Patchifier(2).unpatchify(new float[16], 4, 2, 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void reportsProgressAndCanBeCancelled() {
        try (var team = ThreadTeam.of(2)) {
            var tokenizer =
                    ImageTokenizer.load(RandomVae.config(32, 1, 1, 2), new RandomVae("", seed), team, memory(1));
            var latent = RandomVae.noise(4, 8, 8, seed);
            var fractions = new ArrayList<Double>();
            var expected = tokenizer.decode(latent, fractions::add);
            assertThat(fractions).isSorted().hasSizeGreaterThan(5);
            assertThat(fractions.getLast()).isEqualTo(1, Offset.offset(1e-9));
            var stop = new IllegalStateException("enough");
            assertThatThrownBy(() -> tokenizer.decode(latent, fraction -> {
                        if (fraction > 0.3) {
                            throw stop;
                        }
                    }))
                    .isSameAs(stop);
            assertThat(tokenizer.decode(latent).values())
                    .as("usable afterwards")
                    .isEqualTo(expected.values());
            fractions.clear();
            tokenizer.encode(expected, fractions::add);
            assertThat(fractions.getLast()).isEqualTo(1, Offset.offset(1e-9));
        }
    }

    @Test
    void normalisesByTheRuleOfTheGeneration() {
        var norm = new LatentNormalization(1).apply(RandomVae.noise(16, 3, 5, seed));
        for (int i = 0; i < 15; i++) {
            double sum = 0;
            double squares = 0;
            for (int c = 0; c < 16; c++) {
                double value = norm.values()[c * 15 + i];
                sum += value;
                squares += value * value;
            }
            assertThat(Math.abs(sum)).isLessThan(1e-5);
            assertThat(Math.abs(squares / 16 - 1)).isLessThan(1e-4);
        }
    }
}
