package dev.nextstep.data.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.data.DataException;
import dev.nextstep.data.DataJson;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.TestSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleStreamTest {
    @TempDir
    Path folder;

    private DataSet data(int samples, int perShard) throws IOException {
        Path target = folder.resolve("d" + samples + "_" + perShard);
        try (var writer = ShardWriter.create(target, ShardOptions.of("d").withMaxSamples(perShard))) {
            for (int i = 0; i < samples; i++) {
                writer.add(TestSamples.text(i));
            }
        }
        return DataSet.open(target, SampleKind.TEXT);
    }

    private static List<String> keys(SampleStream stream, int n) {
        var keys = new ArrayList<String>();
        for (int i = 0; i < n; i++) {
            keys.add(stream.next().sample().key());
        }
        return keys;
    }

    @Test
    void goesOnExactlyWhereItStopped() throws IOException {
        try (var data = data(23, 5)) {
            for (int stop = 0; stop < 60; stop++) {
                var whole = new SampleStream(data, SampleOrder.SHUFFLED, 9, Partition.WHOLE, StreamState.START);
                keys(whole, stop);
                var state = StreamState.fromJson(
                        DataJson.parseObject(DataJson.line(whole.state().toJson()), "state"));
                var resumed = new SampleStream(data, SampleOrder.SHUFFLED, 9, Partition.WHOLE, state);
                assertThat(keys(resumed, 50)).as("stop %d", stop).isEqualTo(keys(whole, 50));
                assertThat(resumed.state()).isEqualTo(whole.state());
            }
        }
    }

    @Test
    void everyEpochHasEverySampleOnceInAnotherOrder() throws IOException {
        try (var data = data(23, 5)) {
            var stream = new SampleStream(data, SampleOrder.SHUFFLED, 1, Partition.WHOLE, StreamState.START);
            var first = keys(stream, 23);
            var second = keys(stream, 23);
            assertThat(first).doesNotHaveDuplicates().hasSize(23);
            assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
            var other = new SampleStream(data, SampleOrder.SHUFFLED, 2, Partition.WHOLE, StreamState.START);
            assertThat(keys(other, 23)).isNotEqualTo(first);
            var plain = new SampleStream(data, SampleOrder.SEQUENTIAL, 1, Partition.WHOLE, StreamState.START);
            assertThat(keys(plain, 24))
                    .isEqualTo(IntStream.range(0, 24)
                            .mapToObj(i -> "text" + i % 23)
                            .toList());
        }
    }

    @Test
    void processesShareWithoutOverlap() throws IOException {
        for (int perShard : new int[] {100, 2}) { // by sample, by shard
            try (var data = data(71, perShard)) {
                var all = new ArrayList<String>();
                for (int rank = 0; rank < 3; rank++) {
                    var stream =
                            new SampleStream(data, SampleOrder.SHUFFLED, 1, new Partition(rank, 3), StreamState.START);
                    all.addAll(keys(stream, (int) stream.epochLength()));
                }
                assertThat(all).as("per shard %d", perShard).hasSize(71).doesNotHaveDuplicates();
            }
        }
    }

    /** The official code loses a random part of the rest of the last stretch (spec §11 #36). */
    @Test
    void theRestOfTheLastStretchIsRead() {
        for (int n : new int[] {1, 9, 10, 11, 19, 20, 25, 39}) {
            for (int world : new int[] {1, 3}) {
                var seen = new HashSet<Long>();
                int count = 0;
                for (int rank = 0; rank < world && n >= world; rank++) {
                    var order = new EpochOrder(List.of(n), SampleOrder.SHUFFLED, 5, new Partition(rank, world), 10);
                    for (long i = 0; i < order.length(2); i++) {
                        seen.add(order.sample(2, i));
                        count++;
                    }
                }
                assertThat(seen).as("n %d world %d", n, world).hasSize(n < world ? 0 : n);
                assertThat(count).isEqualTo(n < world ? 0 : n);
            }
        }
    }

    @Test
    void samplesOfAStretchStayNearEachOther() {
        var order = new EpochOrder(Collections.nCopies(100, 10), SampleOrder.SHUFFLED, 5, Partition.WHOLE, 50);
        for (int stretch = 0; stretch < 20; stretch++) {
            var shards = new HashSet<Long>();
            for (int i = 0; i < 50; i++) {
                shards.add(order.sample(0, stretch * 50L + i) / 10);
            }
            assertThat(shards).as("shards open at a time").hasSize(5);
        }
    }

    @Test
    void damageIsSkippedAndCountedAndAllDamagedEnds() throws IOException {
        try (var data = data(12, 4)) {
            Path shard = data.folder().resolve("idx_0000_0001.tar");
            byte[] bytes = Files.readAllBytes(shard);
            bytes[512] = '!'; // the first sample's JSON
            Files.write(shard, bytes);
            var stream = new SampleStream(data, SampleOrder.SEQUENTIAL, 0, Partition.WHOLE, StreamState.START);
            assertThat(keys(stream, 22)).doesNotContain("text4").contains("text5");
            assertThat(stream.state()).isEqualTo(new StreamState(1, 12, 22, 2));
            assertThat(data.damage().total()).isEqualTo(1);
            for (int i = 0; i < 3; i++) {
                Files.write(data.folder().resolve("idx_0000_000" + i + ".tar"), new byte[1024]);
            }
        }
        try (var data = DataSet.open(folder.resolve("d12_4"), SampleKind.TEXT)) {
            var stream = new SampleStream(data, SampleOrder.SEQUENTIAL, 0, Partition.WHOLE, StreamState.START);
            assertThatThrownBy(stream::next).isInstanceOf(DataException.class).hasMessageContaining("WRONG_COUNT 3");
        }
    }

    @Test
    void aStateOfOtherDataAndTooManyProcessesAreRefused() throws IOException {
        try (var data = data(5, 5)) {
            assertThatThrownBy(() -> new SampleStream(
                            data, SampleOrder.SHUFFLED, 1, Partition.WHOLE, new StreamState(0, 6, 6, 0)))
                    .hasMessageContaining("not the same");
            assertThatThrownBy(() ->
                            new SampleStream(data, SampleOrder.SHUFFLED, 1, new Partition(0, 6), StreamState.START))
                    .hasMessageContaining("6 processes");
        }
    }
}
