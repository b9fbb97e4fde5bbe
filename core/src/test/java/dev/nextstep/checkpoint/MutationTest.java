package dev.nextstep.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.nextstep.tensor.TensorSource;
import dev.nextstep.testing.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Good files with random damage: they load or are refused by this room's exception, quickly; nothing else happens. */
class MutationTest {
    private static final int ROUNDS = 100;
    private static final int LARGEST = 20_000;

    @TempDir
    private Path temporary = Path.of("unset");

    private static byte[] damage(byte[] good, Random random) {
        var bytes = random.nextInt(4) == 0 ? Arrays.copyOf(good, random.nextInt(good.length + 1)) : good.clone();
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                default -> bytes[at] = bytes[random.nextInt(bytes.length)];
            }
        }
        return bytes;
    }

    /** The damaged bytes of a whole file, or of the pickle inside a zip whose checksums are then right again. */
    private interface Damaging {
        byte[] damaged(Path good, Random random) throws IOException;
    }

    private void mutate(Stream<Path> goods, Path target, Consumer<Path> reading) {
        mutate(goods, target, reading, (good, random) -> damage(Files.readAllBytes(good), random));
    }

    private static byte[] damagedPickle(Path good, Random random) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var in = new ZipFile(good.toFile());
                var out = new ZipOutputStream(bytes)) {
            for (var entry : Collections.list(in.entries())) {
                var content = in.getInputStream(entry).readAllBytes();
                if (entry.getName().endsWith("data.pkl")) {
                    content = damage(content, random);
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(content);
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private void mutate(Stream<Path> goods, Path target, Consumer<Path> reading, Damaging damaging) {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var files = goods.filter(f -> f.toFile().length() <= LARGEST).toList();
        assertThat(files).isNotEmpty();
        for (var good : files) {
            for (int i = 0; i < ROUNDS; i++) {
                try {
                    Files.write(target, damaging.damaged(good, random));
                    assertTimeout(Duration.ofSeconds(5), () -> reading.accept(target), () -> "seed " + seed);
                } catch (CheckpointException e) {
                    assertThat(e.getMessage()).as("seed %d", seed).doesNotContain("\n");
                } catch (Exception | StackOverflowError | OutOfMemoryError e) {
                    throw new AssertionError("seed " + seed + ", round " + i + " of " + good, e);
                }
            }
        }
    }

    private static Stream<Path> accepted(String folder) {
        var root = Golden.folder(folder);
        return Golden.json(root.resolve("index.json"))
                .get("files")
                .valueStream()
                .filter(c -> c.get("expect").asText().startsWith("accept"))
                .map(c -> root.resolve(c.get("file").asText()));
    }

    private static void touch(TensorSource source) {
        for (var name : source.names()) {
            var tensor = source.find(name).orElseThrow();
            assertThat(tensor.data().byteSize()).isEqualTo(tensor.type().bytes(tensor.elements()));
        }
    }

    @Test
    void safetensors() {
        mutate(
                accepted("image/safetensors-bad").filter(f -> f.toString().endsWith(".safetensors")),
                temporary.resolve("m.safetensors"),
                file -> {
                    try (var source = Safetensors.open(file)) {
                        touch(source);
                    }
                });
    }

    @Test
    void gguf() {
        var good = Independent.file(temporary);
        for (int i = 0; i < 10; i++) {
            mutate(Stream.of(good), temporary.resolve("m.gguf"), file -> {
                try (var source = Gguf.open(file)) {
                    touch(source);
                }
            });
        }
    }

    @Test
    void shardIndex() throws IOException {
        var folder = Golden.folder("image/safetensors-bad/sharded");
        for (var shard : Golden.files(folder, ".safetensors")) {
            Files.copy(shard, temporary.resolve(shard.getFileName()));
        }
        mutate(
                Golden.files(folder, ".index.json").stream(),
                temporary.resolve("model.safetensors.index.json"),
                file -> {
                    try (var source = ShardedSafetensors.open(file)) {
                        touch(source);
                    }
                });
    }

    @Test
    void torchPickle() {
        mutate(accepted("image/pickle"), temporary.resolve("m.pt"), file -> {
            try (var source = TorchPickle.open(file)) {
                touch(source);
            }
        });
    }

    @Test
    void pickleInsideAnIntactZip() {
        mutate(
                accepted("image/pickle"),
                temporary.resolve("p.pt"),
                file -> {
                    try (var source = TorchPickle.open(file)) {
                        touch(source);
                    }
                },
                MutationTest::damagedPickle);
    }

    @Test
    void configuration() throws IOException {
        var good = temporary.resolve("good.json");
        Files.writeString(good, """
                {"hidden_size": 64, "intermediate_size": 160, "num_hidden_layers": 4, "num_attention_heads": 4,
                 "num_key_value_heads": 2, "vocab_size": 1024, "rope_scaling": {"type": "default", "rope_theta": 1e6},
                 "boi": 5, "eos_token_id": [1, 2], "fm_head_dim": 48, "tie_word_embeddings": false, "psz": 1,
                 "ch_mult": [1, 2, 4, 4], "scaling_factor": 0.3611, "vae_name_or_path": "vae/", "torch_dtype": "float32"}
                """);
        for (int i = 0; i < 10; i++) {
            mutate(Stream.of(good), temporary.resolve("config.json"), ModelConfig::read);
            mutate(Stream.of(good), temporary.resolve("config.json"), VaeConfig::read);
        }
    }
}
