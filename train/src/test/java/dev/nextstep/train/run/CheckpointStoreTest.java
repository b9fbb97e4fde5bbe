package dev.nextstep.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    private static Checkpoint checkpoint(long step, Map<String, Double> metrics) {
        var state = MAPPER.createObjectNode();
        state.put("place", step * 64);
        return new Checkpoint(
                step,
                Map.of(
                        "weights",
                                Map.of("w", torch.full(new long[] {3, 4}, new org.bytedeco.pytorch.Scalar((double)
                                        step))),
                        "optimizer", Map.of("m", torch.ones(5), "scalar", torch.tensor(2.5f))),
                state,
                metrics);
    }

    @Test
    void whatIsSavedIsReadBack() {
        var store = new CheckpointStore(folder.resolve("c"));
        store.save(checkpoint(12, Map.of("loss", 0.5)));
        try (var found = store.newestWhole(CheckpointStoreTest::unexpected).orElseThrow()) {
            assertThat(found.step()).isEqualTo(12);
            assertThat(found.info().metrics()).containsExactlyEntriesOf(Map.of("loss", 0.5));
            assertThat(found.state().get("place").asLong()).isEqualTo(768);
            assertThat(found.parts()).containsExactlyInAnyOrder("weights", "optimizer");
            assertThat(found.tensors("optimizer").keySet()).containsExactlyInAnyOrder("m", "scalar");
            var target = torch.zeros(3, 4);
            found.copyInto("weights", Map.of("w", target));
            assertThat(target.sum().item_float()).isEqualTo(144);
        }
    }

    private static void unexpected(String damage) {
        throw new AssertionError(damage);
    }

    @Test
    void copiesIntoTheRightModelOnly() {
        var store = new CheckpointStore(folder);
        store.save(checkpoint(1, Map.of()));
        try (var found = store.newestWhole(CheckpointStoreTest::unexpected).orElseThrow()) {
            assertThatThrownBy(() -> found.copyInto("weights", Map.of("w", torch.zeros(4, 3))))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("[3, 4]");
            assertThatThrownBy(() -> found.copyInto("weights", Map.of("other", torch.zeros(3, 4))))
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("other");
            assertThatThrownBy(() -> found.tensors("ema")).hasMessageContaining("ema");
        }
    }

    /** Every way in which a folder can be torn: each file cut at any length, gone, or with one bit turned. */
    @Test
    void aTornCheckpointIsNeverChosen() throws IOException {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var store = new CheckpointStore(folder);
        store.save(checkpoint(1, Map.of()));
        Path newer = store.save(checkpoint(2, Map.of()));
        var whole = new HashMap<Path, byte[]>();
        for (Path file : files(newer)) {
            whole.put(file, Files.readAllBytes(file));
        }
        assertThat(whole).hasSize(4);
        for (var entry : whole.entrySet()) {
            byte[] bytes = entry.getValue();
            for (int damage = 0; damage < 12; damage++) {
                damage(entry.getKey(), bytes, damage, random);
                var complaints = new ArrayList<String>();
                try (var found = store.newestWhole(complaints::add).orElseThrow()) {
                    assertThat(found.step())
                            .as("seed %d, %s, damage %d", seed, entry.getKey(), damage)
                            .isEqualTo(1);
                }
                assertThat(complaints).hasSize(1);
                assertThat(complaints.getFirst()).contains("step-000000002");
                Files.write(entry.getKey(), bytes);
            }
        }
        try (var found = store.newestWhole(CheckpointStoreTest::unexpected).orElseThrow()) {
            assertThat(found.step()).isEqualTo(2);
        }
    }

    private static void damage(Path file, byte[] bytes, int kind, Random random) throws IOException {
        switch (kind) {
            case 0 -> Files.delete(file);
            case 1 -> Files.write(file, new byte[0]);
            // Not the last byte alone: that of the list is a line end.
            case 2 -> truncate(file, bytes.length - 2);
            case 3, 4 -> truncate(file, random.nextInt(bytes.length - 1));
            default -> {
                var flipped = bytes.clone();
                flipped[random.nextInt(bytes.length - 1)] ^= 1;
                Files.write(file, flipped);
            }
        }
    }

    private static void truncate(Path file, int length) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    private static List<Path> files(Path place) throws IOException {
        try (var files = Files.list(place)) {
            return files.toList();
        }
    }

    @Test
    void halfWrittenFoldersAreNotSeenAndGoWithPruning() throws IOException {
        var store = new CheckpointStore(folder);
        store.save(checkpoint(1, Map.of()));
        Path half = Files.createDirectory(folder.resolve(".step-000000002.tmp-1234"));
        Files.writeString(half.resolve("weights.safetensors"), "half");
        assertThat(store.list().stream().map(CheckpointInfo::step)).containsExactly(1L);
        store.prune(Retention.newest(1));
        assertThat(half).doesNotExist();
        assertThat(store.list()).hasSize(1);
    }

    @Test
    void keepsTheNewestAndTheBest() {
        var store = new CheckpointStore(folder);
        double[] losses = {0.9, 0.2, 0.5, 0.3, Double.NaN, 0.6, 0.7};
        for (int i = 0; i < losses.length; i++) {
            store.save(checkpoint(i, Map.of("loss", losses[i])));
        }
        store.save(checkpoint(7, Map.of()));
        var ranking = new Ranking("loss", Ranking.Better.LOWER);
        assertThat(store.prune(new Retention(2, 2, Optional.of(ranking)))).hasSize(4);
        assertThat(store.list().stream().map(CheckpointInfo::step)).containsExactly(1L, 3L, 6L, 7L);
        try (var best = store.best(ranking, CheckpointStoreTest::unexpected).orElseThrow()) {
            assertThat(best.step()).isEqualTo(1);
        }
        var highest = new Ranking("loss", Ranking.Better.HIGHER);
        assertThat(highest.bestFirst(store.list()).getFirst().step()).isEqualTo(6);
    }

    @Test
    void aStepThatIsSavedAgainReplacesTheFirst() {
        var store = new CheckpointStore(folder);
        store.save(checkpoint(3, Map.of("loss", 1.0)));
        store.save(checkpoint(3, Map.of("loss", 2.0)));
        assertThat(store.list()).hasSize(1);
        assertThat(store.list().getFirst().metrics()).containsEntry("loss", 2.0);
    }

    @Test
    void allTypesOfTensorsKeepTheirBits() {
        var values = torch.tensor(new float[] {1.5f, -0.0f, Float.NaN, 1e30f});
        var tensors = new LinkedHashMap<String, Tensor>();
        for (var type : new torch.ScalarType[] {
            torch.ScalarType.Float,
            torch.ScalarType.Double,
            torch.ScalarType.Half,
            torch.ScalarType.BFloat16,
            torch.ScalarType.Long,
            torch.ScalarType.Int,
            torch.ScalarType.Byte,
            torch.ScalarType.Bool
        }) {
            tensors.put(
                    type.toString(),
                    values.nan_to_num()
                            .clamp_max(new org.bytedeco.pytorch.Scalar(100.0))
                            .to(type));
        }
        tensors.put("transposed", torch.rand(3, 5).t());
        tensors.put("empty", torch.empty(0, 4));
        var store = new CheckpointStore(folder);
        store.save(new Checkpoint(1, Map.of("all", tensors), MAPPER.createObjectNode(), Map.of()));
        try (var found = store.newestWhole(CheckpointStoreTest::unexpected).orElseThrow()) {
            var read = found.tensors("all");
            assertThat(read.keySet()).isEqualTo(tensors.keySet());
            tensors.forEach((name, tensor) -> {
                var back = java.util.Objects.requireNonNull(read.get(name));
                assertThat(back.scalar_type().intern())
                        .isEqualTo(tensor.scalar_type().intern());
                assertThat(back.shape()).isEqualTo(tensor.shape());
                assertThat(torch.equal(back, tensor)).as(name).isTrue();
            });
        }
    }

    @Test
    void anEmptyOrMissingFolderHasNone() {
        var store = new CheckpointStore(folder.resolve("missing"));
        assertThat(store.newestWhole(CheckpointStoreTest::unexpected)).isEmpty();
        assertThat(store.list()).isEmpty();
        assertThat(store.prune(Retention.newest(1))).isEmpty();
    }
}
