package dev.nextstep.vae;

import static dev.nextstep.vae.GoldenVae.cases;
import static dev.nextstep.vae.GoldenVae.picture;
import static dev.nextstep.vae.GoldenVae.pictures;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.checkpoint.VaeDirectory;
import dev.nextstep.kernel.FeatureMap;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
import dev.nextstep.tensor.TensorSource;
import dev.nextstep.testing.Golden;
import dev.nextstep.testing.ParityReport;
import dev.nextstep.vae.ImageTokenizer.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tokenizer against the official code, tolerances as the golden README gives them. */
class ImageTokenizerGoldenTest {
    private static final double VALUES = 1e-4;
    private static final double ENCODER_OUT = 2e-4;
    private static final double INTERMEDIATE = 2e-5;
    private static final double BF16_FACTOR = 1.5;

    private record Loaded(GoldenVae golden, List<VaeDirectory> directories) {}

    @TempDir
    static Path temporary;

    private static final List<Loaded> LOADED = new ArrayList<>();
    private static ThreadTeam team;

    @BeforeAll
    static void open() {
        team = ThreadTeam.of(2);
        for (var golden : GoldenVae.all()) {
            var directories = new ArrayList<VaeDirectory>();
            for (var weights : golden.unpackWeights(temporary)) {
                directories.add(VaeDirectory.open(weights));
            }
            LOADED.add(new Loaded(golden, directories));
        }
    }

    @AfterAll
    static void close() {
        LOADED.forEach(loaded -> loaded.directories.forEach(VaeDirectory::close));
        LOADED.clear();
        team.close();
    }

    @Test
    void encodesAndDecodesFromEveryFormOfTheWeights() {
        for (var loaded : LOADED) {
            for (var directory : loaded.directories) {
                var tokenizer = ImageTokenizer.load(directory.config(), directory.tensors(), team);
                GoldenVae.with(loaded.golden.file("expected.safetensors"), expected -> {
                    for (String name : cases(expected, ".input")) {
                        encodesAndDecodes(tokenizer, expected, name, loaded.golden);
                    }
                });
            }
        }
    }

    private static void encodesAndDecodes(
            ImageTokenizer tokenizer, TensorSource expected, String name, GoldenVae golden) {
        var moments = tokenizer.encode(picture(expected, name + ".input"));
        close(moments.encoderOut(), expected, name + ".encoder_out", ENCODER_OUT);
        close(moments.mean(), expected, name + ".mean", VALUES);
        close(joined(moments), expected, name + ".moments", ENCODER_OUT);
        var latent = tokenizer.latent(moments);
        close(latent, expected, name + ".latent", VALUES);
        GoldenVae.values(expected, name + ".tokens").ifPresent(tokens -> {
            int channels = latent.channels();
            int tokenSize = expected.find(name + ".tokens").orElseThrow().dimension(2);
            var patchifier = new Patchifier((int) Math.round(Math.sqrt((double) tokenSize / channels)));
            assertThat(Golden.maxDifference(patchifier.patchify(latent), tokens))
                    .as(name + ".tokens")
                    .isLessThanOrEqualTo(VALUES);
        });
        var decoded = tokenizer.decode(picture(expected, name + ".latent"));
        close(decoded, expected, name + ".decoded", VALUES);
        bytesClose(decoded, golden.file(name + ".decoded.png"));
    }

    private static Planes joined(Moments moments) {
        float[] mean = moments.mean().values();
        float[] all = Arrays.copyOf(mean, 2 * mean.length);
        System.arraycopy(moments.logVariance().values(), 0, all, mean.length, mean.length);
        return new Planes(
                2 * moments.mean().channels(),
                moments.mean().height(),
                moments.mean().width(),
                all);
    }

    private static void close(Planes actual, TensorSource expected, String name, double tolerance) {
        var wanted = picture(expected, name);
        assertThat(actual).as(name).hasToString(wanted.toString());
        ParityReport.note(
                tolerance > 1.5e-4
                        ? "image tokenizer: raw encoder output, intermediates"
                        : "image tokenizer: mean, latent, decoded",
                Golden.maxDifference(actual.values(), wanted.values()),
                tolerance);
        assertThat(Golden.maxDifference(actual.values(), wanted.values()))
                .as("%s of %s", name, expected.origin())
                .isLessThanOrEqualTo(tolerance);
    }

    private static void bytesClose(Planes pixels, Path png) {
        if (!Files.exists(png)) { // GoldenVae has checked that the manifest does not promise it
            return;
        }
        try {
            var image = ImageIO.read(png.toFile());
            assertThat(image.getWidth()).isEqualTo(pixels.width());
            assertThat(image.getHeight()).isEqualTo(pixels.height());
            int plane = pixels.width() * pixels.height();
            for (int i = 0; i < plane; i++) {
                int rgb = image.getRGB(i % pixels.width(), i / pixels.width());
                for (int c = 0; c < 3; c++) {
                    float value = Math.clamp(pixels.values()[c * plane + i] / 2 + 0.5f, 0f, 1f) * 255;
                    int expected = rgb >> (16 - 8 * c) & 0xff;
                    assertThat(Math.abs(Math.rint(value) - expected))
                            .as("%s, pixel %d, channel %d", png, i, c)
                            .isLessThanOrEqualTo(1);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyActivationOnTheWayIsRight() {
        for (var loaded : LOADED) {
            for (var file : loaded.golden.files("intermediate_*.safetensors")) {
                String name = file.getFileName().toString().replaceAll("intermediate_|\\.safetensors", "");
                GoldenVae.with(
                        loaded.golden.file("expected.safetensors"),
                        expected -> GoldenVae.with(file, wanted -> {
                            for (var directory : loaded.directories) {
                                intermediates(directory, expected, name, wanted);
                            }
                        }));
            }
        }
    }

    private static void intermediates(VaeDirectory directory, TensorSource expected, String name, TensorSource wanted) {
        var tokenizer = ImageTokenizer.load(directory.config(), directory.tensors(), team);
        Map<String, Planes> seen = new HashMap<>();
        Run.Trace trace = (at, map) -> {
            if (wanted.find(at).isPresent()) {
                seen.put(at, planes(map.get()));
            }
        };
        tokenizer.encode(picture(expected, name + ".input"), DecodeProgress.NONE, trace);
        tokenizer.decode(picture(expected, name + ".latent"), DecodeProgress.NONE, trace);
        assertThat(seen.keySet()).as("activations of %s", wanted.origin()).isEqualTo(wanted.names());
        for (String at : wanted.names()) {
            double largest = 0;
            for (float value : GoldenVae.values(wanted, at).orElseThrow()) {
                largest = Math.max(largest, Math.abs(value));
            }
            close(Objects.requireNonNull(seen.get(at)), wanted, at, INTERMEDIATE * largest);
        }
    }

    private static Planes planes(FeatureMap map) {
        var planes = Planes.zeros(map.channels(), map.height(), map.width());
        map.toPlanes(planes.values());
        return planes;
    }

    @Test
    void everySettingOfTheConfigurationIsHonoured() {
        for (var loaded : LOADED) {
            for (var file : loaded.golden.files("config.*.json")) {
                String variant = file.getFileName().toString().replaceAll("^config\\.|\\.json$", "");
                GoldenVae.with(
                        loaded.golden.file("expected.safetensors"),
                        expected -> GoldenVae.with(
                                loaded.golden.file("variants.safetensors"),
                                wanted -> variant(loaded, VaeConfig.read(file), variant, expected, wanted)));
            }
        }
    }

    private static void variant(
            Loaded loaded, VaeConfig config, String variant, TensorSource expected, TensorSource wanted) {
        int checked = 0;
        for (var generation : CodeGeneration.values()) {
            var tokenizer = ImageTokenizer.load(
                    config,
                    loaded.directories.getFirst().tensors(),
                    team,
                    new Options(Precision.FP32, generation, Options.DEFAULT.workingMemory()));
            String suffix = generation == CodeGeneration.AUGUST_2025 ? "_aug2025" : "_feb2026";
            String mean = wanted.find(variant + ".mean" + suffix).isPresent() ? ".mean" + suffix : ".mean";
            var moments = moments(tokenizer, expected, wanted, variant, mean);
            for (String what :
                    List.of(".encoder_out", mean, ".moments", ".logvar", ".std", ".latent", ".z", ".decoded")) {
                if (wanted.find(variant + what).isEmpty()) {
                    continue;
                }
                checked++;
                float[] noise = GoldenVae.values(wanted, variant + ".noise").orElse(new float[0]);
                var actual = switch (what) {
                    case ".encoder_out" -> moments.encoderOut();
                    case ".moments" -> joined(moments);
                    case ".logvar" -> moments.logVariance();
                    case ".std" -> moments.standardDeviation();
                    case ".latent" -> noise.length == 0 ? tokenizer.latent(moments) : tokenizer.latent(moments, noise);
                    case ".z" -> moments.sample(noise);
                    case ".decoded" -> decoded(tokenizer, moments, noise);
                    default -> moments.mean();
                };
                close(actual, wanted, variant + what, what.equals(".moments") ? ENCODER_OUT : VALUES);
                if (what.equals(".decoded")) {
                    bytesClose(actual, loaded.golden.file("variant." + variant + ".decoded.png"));
                }
            }
        }
        assertThat(checked)
                .as("values of variant %s in %s", variant, wanted.origin())
                .isPositive();
    }

    private static Planes decoded(ImageTokenizer tokenizer, Moments moments, float[] noise) {
        return tokenizer.decode(noise.length == 0 ? tokenizer.latent(moments) : tokenizer.latent(moments, noise));
    }

    /** The variants do not name their picture: it is the one of the right size whose values agree best. */
    private static Moments moments(
            ImageTokenizer tokenizer, TensorSource expected, TensorSource wanted, String variant, String mean) {
        String key = wanted.find(variant + mean).isPresent() ? variant + mean : variant + ".z";
        var target = picture(wanted, key);
        Moments best = null;
        double least = Double.POSITIVE_INFINITY;
        for (String name : cases(expected, ".input")) {
            if (!picture(expected, name + ".mean").toString().equals(target.toString())) {
                continue;
            }
            var moments = tokenizer.encode(picture(expected, name + ".input"));
            double distance = Golden.rmsDifference(moments.mean().values(), target.values());
            if (best == null || distance < least) {
                least = distance;
                best = moments;
            }
        }
        assertThat(best).as("a picture for " + key).isNotNull();
        return Objects.requireNonNull(best);
    }

    @Test
    void samplesThePosterior() {
        for (var loaded : LOADED) {
            for (var file : loaded.golden.files("variants.safetensors")) {
                GoldenVae.with(file, wanted -> {
                    var all = pictures(wanted, "posterior.moments");
                    for (int i = 0; i < all.size(); i++) {
                        int channels = all.get(i).channels() / 2;
                        var mean = all.get(i).slice(0, channels);
                        var moments = new Moments(all.get(i), mean, all.get(i).slice(channels, 2 * channels));
                        float[] noise =
                                pictures(wanted, "posterior.noise").get(i).values();
                        relativelyClose(
                                moments.standardDeviation(),
                                pictures(wanted, "posterior.std").get(i));
                        relativelyClose(
                                moments.sample(noise),
                                pictures(wanted, "posterior.sample").get(i));
                        assertThat(mean.values())
                                .isEqualTo(pictures(wanted, "posterior.sample_deterministic")
                                        .get(i)
                                        .values());
                    }
                });
            }
        }
    }

    private static void relativelyClose(Planes actual, Planes expected) {
        for (int i = 0; i < actual.values().length; i++) {
            double wanted = expected.values()[i];
            assertThat(Math.abs(actual.values()[i] - wanted))
                    .as("value %d of %s", i, expected)
                    .isLessThanOrEqualTo(1e-6 * Math.max(1, Math.abs(wanted)));
        }
    }

    @Test
    void roundsLikeTheReferenceInBf16() {
        var options =
                new Options(Precision.REFERENCE_BF16, CodeGeneration.AUGUST_2025, Options.DEFAULT.workingMemory());
        for (var loaded : LOADED) {
            for (var file : loaded.golden.files("bf16_run.safetensors")) {
                var directory = loaded.directories.getFirst();
                var tokenizer = ImageTokenizer.load(directory.config(), directory.tensors(), team, options);
                GoldenVae.with(
                        loaded.golden.file("expected.safetensors"),
                        exact -> GoldenVae.with(file, reference -> {
                            for (String name : cases(reference, ".mean")) {
                                var mean = tokenizer
                                        .encode(picture(exact, name + ".input"))
                                        .mean();
                                deviatesLikeTheReference(mean, exact, reference, name + ".mean", name + ".mean");
                            }
                            for (String name : cases(reference, ".decoded_from_fp32_latent")) {
                                var decoded = tokenizer.decode(picture(exact, name + ".latent"));
                                deviatesLikeTheReference(
                                        decoded,
                                        exact,
                                        reference,
                                        name + ".decoded",
                                        name + ".decoded_from_fp32_latent");
                            }
                        }));
            }
        }
    }

    private static void deviatesLikeTheReference(
            Planes actual, TensorSource exact, TensorSource reference, String exactName, String referenceName) {
        float[] fp32 = GoldenVae.values(exact, exactName).orElseThrow();
        float[] bf16 = GoldenVae.values(reference, referenceName).orElseThrow();
        double own = Golden.rmsDifference(bf16, fp32);
        double fromExact = Golden.rmsDifference(actual.values(), fp32);
        double fromReference = Golden.rmsDifference(actual.values(), bf16);
        String what = "%s: reference bf16 deviates by %.5f, ours by %.5f, ours from the reference by %.5f"
                .formatted(referenceName, own, fromExact, fromReference);
        assertThat(fromExact).as(what).isBetween(own / 4, BF16_FACTOR * own);
        assertThat(fromReference).as(what).isLessThanOrEqualTo(BF16_FACTOR * own);
    }

    @Test
    void patchifiesExactly() {
        for (var loaded : LOADED) {
            for (var file : loaded.golden.files("patchify.safetensors")) {
                GoldenVae.with(file, wanted -> {
                    int checked = 0;
                    for (String name : wanted.names()) {
                        String tokensName = name.replace("latent", "tokens");
                        if (name.endsWith("latent") && wanted.find(tokensName).isPresent()) {
                            patchifies(wanted, name, tokensName);
                            checked++;
                        }
                    }
                    assertThat(checked).as("cases in %s", file).isPositive();
                    shuffles(wanted);
                });
            }
        }
    }

    private static void patchifies(TensorSource wanted, String latentName, String tokensName) {
        var latents = pictures(wanted, latentName);
        var tokens = wanted.find(tokensName).orElseThrow();
        float[] all = tokens.toFloats();
        int size = all.length / latents.size();
        for (int i = 0; i < latents.size(); i++) {
            var latent = latents.get(i);
            int patch = (int) Math.round(Math.sqrt((double) tokens.dimension(2) / latent.channels()));
            float[] expected = Arrays.copyOfRange(all, i * size, (i + 1) * size);
            var patchifier = new Patchifier(patch);
            assertThat(patchifier.patchify(latent)).as(latentName).isEqualTo(expected);
            var back =
                    patchifier.unpatchify(expected, latent.channels(), latent.height() / patch, latent.width() / patch);
            assertThat(back.values()).as(tokensName).isEqualTo(latent.values());
        }
    }

    /** The shuffle inside the latent norm orders its channels like a token. */
    private static void shuffles(TensorSource wanted) {
        for (String name : wanted.names()) {
            if (!name.startsWith("vae_psz")) {
                continue;
            }
            var latent = picture(wanted, "counting_latent");
            var shuffled = picture(wanted, name);
            float[] cells = new Patchifier(latent.height() / shuffled.height()).patchify(latent);
            int plane = shuffled.height() * shuffled.width();
            for (int i = 0; i < cells.length; i++) {
                int cell = i / shuffled.channels();
                int channel = i % shuffled.channels();
                assertThat(cells[i]).as(name).isEqualTo(shuffled.values()[channel * plane + cell]);
            }
        }
    }
}
