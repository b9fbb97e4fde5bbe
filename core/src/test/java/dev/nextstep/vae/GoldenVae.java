package dev.nextstep.vae;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.checkpoint.Safetensors;
import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import dev.nextstep.testing.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A folder of golden values of one tokenizer: any folder of {@code image/} with a config.json and expected values. */
record GoldenVae(Path folder) {

    static List<GoldenVae> all() {
        try (var folders = Files.list(Golden.folder("image"))) {
            var found = folders.filter(f ->
                            Files.exists(f.resolve("config.json")) && Files.exists(f.resolve("expected.safetensors")))
                    .sorted()
                    .map(GoldenVae::new)
                    .toList();
            assertThat(found).as("tokenizers with golden values").isNotEmpty();
            found.forEach(GoldenVae::holdsWhatTheManifestSays);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a manifest lists must be there, so that a test without a file is a test that the set does not have. */
    private void holdsWhatTheManifestSays() {
        Path own = folder.resolve("MANIFEST.json");
        Path common = folder.resolveSibling("MANIFEST.json");
        String prefix = Files.exists(own) ? "" : folder.getFileName() + "/";
        assertThat(Files.exists(own) || Files.exists(common))
                .as("a manifest for %s", folder)
                .isTrue();
        Iterator<String> names = Golden.json(Files.exists(own) ? own : common).fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (name.startsWith(prefix)) {
                assertThat(folder.resolve(name.substring(prefix.length()))).exists();
            }
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Files whose name matches the pattern; maybe none. */
    List<Path> files(String glob) {
        try (var found = Files.newDirectoryStream(folder, glob)) {
            var list = new ArrayList<Path>();
            found.forEach(list::add);
            list.sort(null);
            return list;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The weights in every form that the folder has, unpacked into {@code target} with the configuration beside. */
    List<Path> unpackWeights(Path target) {
        try {
            var unpacked = Files.createDirectories(target.resolve(folder.getFileName()));
            Files.copy(file("config.json"), unpacked.resolve("config.json"));
            for (var packed : files("{checkpoint,diffusers}*")) {
                String name = packed.getFileName().toString();
                if (name.endsWith(".gz")) {
                    try (var in = new GZIPInputStream(Files.newInputStream(packed))) {
                        Files.copy(in, unpacked.resolve(name.substring(0, name.length() - 3)));
                    }
                } else {
                    Files.copy(packed, unpacked.resolve(name));
                }
            }
            try (var found = Files.list(unpacked)) {
                var weights = found.filter(f -> !f.toString().endsWith(".json"))
                        .sorted()
                        .toList();
                assertThat(weights).as("weights in %s", folder).isNotEmpty();
                return weights;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a file of golden tensors for as long as {@code use} takes. */
    static void with(Path file, Consumer<TensorSource> use) {
        try (var source = Safetensors.open(file)) {
            use.accept(source);
        }
    }

    /** Names before a suffix: the cases of a file. */
    static List<String> cases(TensorSource source, String suffix) {
        var cases = source.names().stream()
                .filter(name -> name.endsWith(suffix))
                .map(name -> name.substring(0, name.length() - suffix.length()))
                .sorted()
                .toList();
        assertThat(cases).as("cases *%s in %s", suffix, source.origin()).isNotEmpty();
        return cases;
    }

    static Optional<float[]> values(TensorSource source, String name) {
        return source.find(name).map(Tensor::toFloats);
    }

    /** All pictures of a tensor [n, channels, height, width]. */
    static List<Planes> pictures(TensorSource source, String name) {
        var tensor = source.find(name).orElseThrow(() -> new AssertionError(source.origin() + " has no " + name));
        float[] all = tensor.toFloats();
        int size = all.length / tensor.dimension(0);
        return Stream.iterate(0, i -> i + 1)
                .limit(tensor.dimension(0))
                .map(i -> new Planes(
                        tensor.dimension(1),
                        tensor.dimension(2),
                        tensor.dimension(3),
                        Arrays.copyOfRange(all, i * size, (i + 1) * size)))
                .toList();
    }

    static Planes picture(TensorSource source, String name) {
        return pictures(source, name).getFirst();
    }
}
