package dev.nextstep.data.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.data.DataException;
import dev.nextstep.data.DataFiles;
import dev.nextstep.data.DataJson;
import dev.nextstep.data.EncodedPicture;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.TestSamples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
    @TempDir
    Path folder;

    private Path write(String name, int maxSamples, List<Sample> samples) throws IOException {
        Path target = folder.resolve(name);
        try (var writer = ShardWriter.create(target, ShardOptions.of(name).withMaxSamples(maxSamples))) {
            for (var sample : samples) {
                writer.add(sample);
            }
        }
        return target;
    }

    private static List<Sample> imageTexts(int n) {
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < n; i++) {
            samples.add(TestSamples.imageText(i));
        }
        return samples;
    }

    private static byte[] tar(Object... namesAndContents) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                var content = (byte[]) namesAndContents[i + 1];
                var entry = new TarArchiveEntry((String) namesAndContents[i]);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] json(String caption) {
        return DataJson.line(Map.of("caption", caption));
    }

    @Test
    void allKindsComeBackAsTheyWere() throws IOException {
        var samples = new ArrayList<>(imageTexts(25));
        samples.add(TestSamples.text(0));
        samples.add(TestSamples.edit(0));
        samples.add(TestSamples.interleaved(0, 12));
        Path data = write("all", 10, samples);

        var read = new ArrayList<Sample>();
        for (var set : DataSet.openAll(data)) {
            try (set) {
                for (long i = 0; i < set.size(); i++) {
                    read.add(set.read(i).orElseThrow());
                }
                assertThat(set.damage().total()).isZero();
            }
        }
        assertThat(read).hasSameSizeAs(samples);
        for (var sample : samples) {
            assertThat(read).as(sample.key()).anyMatch(r -> TestSamples.same(r, sample));
        }
        assertThat(data.resolve("image_text_pair")).isDirectoryContaining(f -> f.endsWith("idx_0000_0002.tar"));
        var registry = DataJson.readObject(data.resolve("pretrain_data.json"));
        assertThat(registry.get("all/image_text_pair"))
                .isEqualTo(Map.of(
                        "data_type", "image_text_pair",
                        "dir", "image_text_pair",
                        "tar_meta_path", "image_text_pair/tar_meta.json",
                        "num_samples", 25,
                        "description", ""));
        assertThat(DataJson.readObject(data.resolve("image_text_pair/tar_meta_stats.json")))
                .containsEntry("total_samples", 25)
                .containsEntry("total_files", 3);
    }

    @Test
    void shardsArePlainUstarForEveryReader() throws IOException {
        Path shard =
                write("plain", 100, List.of(TestSamples.interleaved(7, 3))).resolve("interleave/idx_0000_0000.tar");
        var names = new ArrayList<String>();
        try (var tar = new TarArchiveInputStream(Files.newInputStream(shard))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        assertThat(names).containsExactly("story7.json", "story7-0.png", "story7-1.png", "story7-2.png");
        var bytes = Files.readAllBytes(shard);
        assertThat(new String(bytes, 257, 5, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("ustar");
        var info =
                ShardIndex.read(shard.resolveSibling("tar_meta.json")).shards().getFirst();
        assertThat(info.size()).isEqualTo(bytes.length);
        assertThat(info.checksum()).isEqualTo(ShardIndex.checksum(shard));
    }

    @Test
    void theSameSamplesGiveTheSameBytes() throws IOException {
        Path a = write("same_a", 4, imageTexts(9));
        Path b = write("same_b", 4, imageTexts(9));
        for (String name : List.of("idx_0000_0000.tar", "idx_0000_0002.tar", "tar_meta.json")) {
            assertThat(a.resolve("image_text_pair").resolve(name))
                    .hasSameBinaryContentAs(b.resolve("image_text_pair").resolve(name));
        }
    }

    @Test
    void anUnfinishedFolderIsNotThereAndAnOldOneStays() throws IOException {
        Path target = write("old", 10, imageTexts(2));
        assertThatThrownBy(() -> ShardWriter.create(target, ShardOptions.of("x")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("not empty");
        var options = ShardOptions.of("x").withIfExists(IfFolderExists.REPLACE);
        try (var writer = ShardWriter.create(target, options)) {
            writer.add(TestSamples.text(1));
            try (var set = DataSet.open(target, SampleKind.IMAGE_TEXT)) {
                assertThat(set.size()).isEqualTo(2);
            }
            writer.discard();
        }
        assertThat(Registry.read(target).find("old/image_text_pair")).isPresent();
        try (var writer = ShardWriter.create(target, options)) {
            writer.add(TestSamples.text(1));
        }
        assertThat(Registry.read(target).entries()).hasSize(1);
        try (var left = Files.list(folder)) {
            assertThat(left.map(p -> p.getFileName().toString())).containsExactly("old");
        }
        Path foreign = Files.createDirectory(folder.resolve("foreign"));
        Files.writeString(foreign.resolve("holiday.txt"), "keep me");
        assertThatThrownBy(() -> ShardWriter.create(foreign, options)).hasMessageContaining("no data folder");
        assertThat(foreign.resolve("holiday.txt")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a-b", "a/b", "a\\b", "a b", "a\tb", "..", "-"})
    void badKeysAreRefused(String key) throws IOException {
        try (var writer = ShardWriter.create(folder.resolve("keys"), ShardOptions.of("keys"))) {
            assertThatThrownBy(() -> writer.add(new Sample(key, SampleKind.TEXT, "t", List.of(), Map.of())))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("key");
            writer.discard();
        }
        assertThat(ShardRules.keyOf(key)).matches("[^.\\-/\\\\\\s]+");
    }

    @Test
    void longAndForeignKeys() throws IOException {
        String longest = "k".repeat(ShardRules.MAX_KEY_BYTES);
        assertThatThrownBy(() -> ShardRules.checkKey(longest + "k")).hasMessageContaining("81 bytes");
        assertThat(ShardRules.keyOf("ä".repeat(100)).getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(ShardRules.MAX_KEY_BYTES);
        var samples = List.of(
                new Sample(longest, SampleKind.TEXT, "long", List.of(), Map.of()),
                new Sample("žluťoučký_🦊", SampleKind.TEXT, "foreign", List.of(), Map.of()));
        try (var set = DataSet.open(write("keys", 10, samples), SampleKind.TEXT)) {
            assertThat(set.read(0).orElseThrow().key()).isEqualTo(longest);
            assertThat(set.read(1).orElseThrow().key()).isEqualTo("žluťoučký_🦊");
        }
    }

    @Test
    void whatCannotBeASampleIsRefused() throws IOException {
        try (var writer = ShardWriter.create(folder.resolve("bad"), ShardOptions.of("bad"))) {
            writer.add(TestSamples.imageText(1));
            assertThatThrownBy(() -> writer.add(TestSamples.imageText(1))).hasMessageContaining("second time");
            var picture = TestSamples.picture(16, 16, 1);
            assertThatThrownBy(() ->
                            writer.add(new Sample("a", SampleKind.EDIT, "<image_0>x", List.of(picture), Map.of())))
                    .hasMessageContaining("at least two");
            assertThatThrownBy(() -> writer.add(new Sample(
                            "a", SampleKind.EDIT, "<image_0>x<image_2>", List.of(picture, picture), Map.of())))
                    .hasMessageContaining("<image_2>");
            assertThatThrownBy(() ->
                            writer.add(new Sample("a", SampleKind.INTERLEAVED, "no mark", List.of(picture), Map.of())))
                    .hasMessageContaining("<image_0>");
            assertThatThrownBy(() -> writer.add(new Sample(
                            "a",
                            SampleKind.IMAGE_TEXT,
                            "x",
                            List.of(new EncodedPicture("gif", new byte[1])),
                            Map.of())))
                    .hasMessageContaining("gif");
            assertThatThrownBy(() -> writer.add(new Sample("a", SampleKind.TEXT, " ", List.of(), Map.of())))
                    .hasMessageContaining("empty");
            assertThat(writer.samples()).isEqualTo(1);
            writer.discard();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"with blank", "ünïcode 猫", "a.dot-and-hyphen", "50% #1 & 'quoted'", "[brackets]"})
    void oddPaths(String name) throws IOException {
        try (var set = DataSet.open(write(name, 2, imageTexts(5)), SampleKind.IMAGE_TEXT)) {
            assertThat(set.size()).isEqualTo(5);
            for (int i = 0; i < 5; i++) {
                assertThat(TestSamples.same(set.read(i).orElseThrow(), TestSamples.imageText(i)))
                        .isTrue();
            }
        }
    }

    @Test
    void picturesFollowTheirNumbersWhateverTheirOrderAndEnding() throws IOException {
        byte[][] pictures = {{0}, {1}, {2}, {3}};
        byte[] shard = tar(
                "dir/k.json", json("<image_0><image_1><image_2><image_3>"),
                "dir/k-2.png", pictures[2],
                "dir/k-0.jpg", pictures[0],
                "dir/k-3.webp", pictures[3],
                "dir/k-1.jpeg", pictures[1]);
        var sample = read(shard, SampleKind.INTERLEAVED, new DamageReport())
                .getFirst()
                .orElseThrow();
        assertThat(sample.key()).isEqualTo("k");
        for (int i = 0; i < 4; i++) {
            assertThat(sample.pictures().get(i).bytes()).isEqualTo(pictures[i]);
        }
    }

    private List<Optional<Sample>> read(byte[] shard, SampleKind kind, DamageReport damage) throws IOException {
        Path file = folder.resolve("one.tar");
        DataFiles.write(file, shard);
        var samples = new ArrayList<Optional<Sample>>();
        try (var reader = ShardReader.open(file, kind)) {
            damage.addAll(reader.damage());
            for (int i = 0; i < reader.size(); i++) {
                samples.add(reader.read(i, damage));
            }
        }
        return samples;
    }

    @Test
    void repeatedNamesAreSamplesOfTheirOwn() throws IOException {
        byte[] shard = tar(
                "a.json",
                json("one"),
                "a-0.png",
                new byte[1],
                "a.json",
                json("two"),
                "a-0.png",
                new byte[2],
                "b.json",
                json("b"),
                "b-0.png",
                new byte[3],
                "a.json",
                json("three"),
                "a-0.png",
                new byte[4]);
        var damage = new DamageReport();
        var samples = read(shard, SampleKind.IMAGE_TEXT, damage);
        assertThat(samples).map(s -> s.orElseThrow().key()).containsExactly("a", "a_1", "b", "a_2");
        assertThat(samples).map(s -> s.orElseThrow().caption()).containsExactly("one", "two", "b", "three");
        assertThat(damage.total()).isZero();
    }

    @Test
    void damagedSamplesAreSkippedAndCounted() throws IOException {
        byte[] shard = tar(
                "good.json",
                json("good"),
                "good-0.png",
                new byte[1],
                "nojson-0.png",
                new byte[1],
                "bad.json",
                "{\"caption\": ".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "bad-0.png",
                new byte[1],
                "twice.json",
                "{\"caption\":\"a\",\"caption\":\"b\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "nopicture.json",
                json("x"),
                "two.dots.json",
                json("x"),
                ".json",
                json("x"),
                "list.json",
                "[1]".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "text.txt",
                "from a text file".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                "text-0.png",
                new byte[1],
                "last.json",
                json("last"),
                "last-0.png",
                new byte[1]);
        var damage = new DamageReport();
        var good = read(shard, SampleKind.IMAGE_TEXT, damage).stream()
                .flatMap(Optional::stream)
                .toList();
        assertThat(good).map(Sample::caption).containsExactly("good", "from a text file", "last");
        assertThat(damage.counts())
                .isEqualTo(Map.of(
                        Damage.Reason.NO_CAPTION, 1,
                        Damage.Reason.BAD_JSON, 3,
                        Damage.Reason.BAD_SAMPLE, 1,
                        Damage.Reason.IGNORED_ENTRY, 2));
    }

    @Test
    void captionsMayBeListsAndMaps() throws IOException {
        byte[] shard = tar(
                "a.json",
                DataJson.line(Map.of("caption", List.of("first", "second"))),
                "a-0.png",
                new byte[1],
                "b.json",
                DataJson.line(Map.of("caption_all", "long")),
                "b-0.png",
                new byte[1]);
        var samples = read(shard, SampleKind.IMAGE_TEXT, new DamageReport());
        assertThat(samples.getFirst().orElseThrow().caption()).isEqualTo("first");
        assertThat(samples.getFirst().orElseThrow().fields()).containsEntry("caption", List.of("first", "second"));
        assertThat(samples.getLast().orElseThrow().caption()).isEmpty();
    }

    @Test
    void aTruncatedShardGivesWhatIsWhole() throws IOException {
        Path data = write("cut", 100, imageTexts(10));
        Path shard = data.resolve("image_text_pair/idx_0000_0000.tar");
        byte[] whole = Files.readAllBytes(shard);
        Files.write(shard, java.util.Arrays.copyOf(whole, whole.length / 2));
        try (var set = DataSet.open(data, SampleKind.IMAGE_TEXT)) {
            var good = new ArrayList<Sample>();
            for (long i = 0; i < set.size(); i++) {
                set.read(i).ifPresent(good::add);
            }
            assertThat(good).hasSizeBetween(3, 7);
            for (int i = 0; i < good.size(); i++) {
                assertThat(TestSamples.same(good.get(i), TestSamples.imageText(i)))
                        .isTrue();
            }
            assertThat(set.damage().counts()).containsKeys(Damage.Reason.TRUNCATED, Damage.Reason.WRONG_COUNT);
        }
        Files.delete(shard);
        try (var set = DataSet.open(data, SampleKind.IMAGE_TEXT)) {
            assertThat(set.read(0)).isEmpty();
            assertThat(set.damage().counts()).isEqualTo(Map.of(Damage.Reason.UNREADABLE_SHARD, 1));
        }
    }

    @Test
    void indexesThatLeadElsewhereAreRefused() throws IOException {
        Path data = write("evil", 100, imageTexts(1));
        Path index = data.resolve("image_text_pair/tar_meta.json");
        for (String path : List.of("../../secret.tar", "/etc/secret.tar")) {
            DataFiles.write(index, DataJson.pretty(Map.of(path, Map.of("num_samples", 1, "size", 1, "checksum", 1))));
            assertThatThrownBy(() -> DataSet.openAll(data))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("outside");
        }
    }
}
