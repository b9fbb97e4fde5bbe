package dev.nextstep.data.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.data.DataException;
import dev.nextstep.data.DataFiles;
import dev.nextstep.data.DataJson;
import dev.nextstep.data.EncodedPicture;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.TestSamples;
import dev.nextstep.data.filter.SizeFilter;
import dev.nextstep.data.shard.Damage;
import dev.nextstep.data.shard.DataSet;
import dev.nextstep.data.shard.Registry;
import dev.nextstep.data.shard.ShardOptions;
import dev.nextstep.data.shard.ShardWriter;
import dev.nextstep.data.source.SampleSource;
import dev.nextstep.data.source.SourceOptions;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataToolsTest {
    @TempDir
    Path folder;

    private Path ownFolder() throws IOException {
        Path own = Files.createDirectories(folder.resolve("own"));
        for (int i = 0; i < 12; i++) {
            PictureWriter.write(own.resolve("p" + i + ".png"), TestSamples.pixels(16 + i, 16, i));
            Files.writeString(own.resolve("p" + i + ".txt"), "picture <b>" + i);
        }
        Files.writeString(own.resolve("poem.txt"), "a poem");
        Files.writeString(own.resolve("bad.png"), "no picture");
        Files.writeString(own.resolve("bad.txt"), "bad");
        return own;
    }

    private BuildResult build(Path from, String to, Work work) throws IOException {
        return DataBuilder.build(
                SampleSource.of(from, SourceOptions.DEFAULT),
                folder.resolve(to),
                ShardOptions.of(to).withMaxSamples(5),
                List.of(new SizeFilter(20, 16)),
                work);
    }

    @Test
    void buildOfAFolderAndAgainOfItsResult() throws IOException {
        var result = build(ownFolder(), "data", Work.unwatched());
        assertThat(result.stored()).isEqualTo(Map.of(SampleKind.IMAGE_TEXT, 8L, SampleKind.TEXT, 1L));
        assertThat(result.problems()).hasSize(1);
        assertThat(result.filters().in()).isEqualTo(13);
        assertThat(DataChecker.check(folder.resolve("data"), new PictureReader(), Work.unwatched())
                        .isGood())
                .isTrue();
        assertThat(DataJson.pretty(result.toJson())).contains("\"samples\" : 9", "bad.png");

        var again = build(folder.resolve("data"), "again", Work.unwatched());
        assertThat(again.stored()).isEqualTo(result.stored());
        assertThat(folder.resolve("again/image_text_pair/idx_0000_0001.tar"))
                .hasSameBinaryContentAs(folder.resolve("data/image_text_pair/idx_0000_0001.tar"));
    }

    @Test
    void aCancelledOrEmptyBuildLeavesNothing() throws IOException {
        Path own = ownFolder();
        var cancellation = new Cancellation();
        var work = new Work(
                (what, done, total) -> {
                    if (done == 5) {
                        cancellation.cancel();
                    }
                },
                cancellation);
        assertThatThrownBy(() -> build(own, "data", work)).isInstanceOf(CancellationException.class);
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Files.writeString(empty.resolve("broken.png"), "x");
        assertThatThrownBy(() -> build(empty, "data", Work.unwatched()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no sample to store")
                .hasMessageContaining("broken.txt");
        try (var left = Files.list(folder)) {
            assertThat(left.map(p -> p.getFileName().toString())).containsExactlyInAnyOrder("own", "empty");
        }
    }

    @Test
    void checkFindsEveryKindOfDamage() throws IOException {
        Path data = folder.resolve("data");
        try (var writer = ShardWriter.create(data, ShardOptions.of("d").withMaxSamples(4))) {
            for (int i = 0; i < 12; i++) {
                writer.add(TestSamples.imageText(i));
            }
            writer.add(new Sample(
                    "broken", SampleKind.IMAGE_TEXT, "x", List.of(new EncodedPicture("png", new byte[100])), Map.of()));
        }
        var reader = new PictureReader();
        var before = DataChecker.check(data, reader, Work.unwatched());
        assertThat(before.sets().getFirst().damage()).isEqualTo(Map.of(Damage.Reason.BAD_PICTURE, 1));
        assertThat(before.sets().getFirst().good()).isEqualTo(12);
        assertThat(before.isGood()).isFalse();

        Path shards = data.resolve("image_text_pair");
        byte[] first = Files.readAllBytes(shards.resolve("idx_0000_0000.tar"));
        first[1024 + 600] ^= 1; // within the first picture
        DataFiles.write(shards.resolve("idx_0000_0000.tar"), first);
        byte[] second = Files.readAllBytes(shards.resolve("idx_0000_0001.tar"));
        DataFiles.write(shards.resolve("idx_0000_0001.tar"), java.util.Arrays.copyOf(second, 3000));
        Files.delete(shards.resolve("idx_0000_0002.tar"));
        var after = DataChecker.check(data, reader, Work.unwatched()).sets().getFirst();
        assertThat(after.damage())
                .containsEntry(Damage.Reason.WRONG_CHECKSUM, 2)
                .containsEntry(Damage.Reason.UNREADABLE_SHARD, 1)
                .containsKeys(Damage.Reason.TRUNCATED, Damage.Reason.WRONG_COUNT, Damage.Reason.BAD_PICTURE);
        assertThat(after.good()).isBetween(3L, 5L);
        assertThat(DataJson.pretty(new CheckResult(List.of(after)).toJson())).contains("wrong_checksum");
    }

    @Test
    void indexOfShardsThatCameWithoutOne() throws IOException {
        build(ownFolder(), "data", Work.unwatched());
        Path data = folder.resolve("data");
        String registry = Files.readString(data.resolve("pretrain_data.json"));
        String meta = Files.readString(data.resolve("image_text_pair/tar_meta.json"));
        for (String name : List.of("pretrain_data.json", "image_text_pair/tar_meta.json", "nlp/tar_meta.json")) {
            Files.delete(data.resolve(name));
        }
        var result = DataSetIndexer.index(data, "data", Optional.empty(), Work.unwatched());
        assertThat(result.damage()).isEmpty();
        assertThat(Files.readString(data.resolve("pretrain_data.json"))).isEqualTo(registry);
        assertThat(Files.readString(data.resolve("image_text_pair/tar_meta.json")))
                .isEqualTo(meta);

        Path plain = data.resolve("image_text_pair");
        DataSetIndexer.index(plain, "plain", Optional.of(SampleKind.IMAGE_TEXT), Work.unwatched());
        assertThat(Registry.read(plain).find("plain/image_text_pair")).isPresent();
        try (var set = DataSet.open(plain, SampleKind.IMAGE_TEXT)) {
            assertThat(set.size()).isEqualTo(8);
        }
        assertThatThrownBy(() -> DataSetIndexer.index(
                        Files.createDirectory(folder.resolve("none")), "x", Optional.empty(), Work.unwatched()))
                .hasMessageContaining("named after a kind");
    }

    @Test
    void aPageNeedsNothingElseAndEscapesCaptions() throws IOException {
        build(ownFolder(), "data", Work.unwatched());
        Path page = folder.resolve("page.html");
        var choice = new DataPage.Choice(5, Optional.of(3L), Optional.empty());
        assertThat(DataPage.write(folder.resolve("data"), choice, page, new PictureReader(), Work.unwatched()))
                .isEqualTo(6);
        String html = Files.readString(page);
        assertThat(html)
                .contains("picture &lt;b&gt;", "a poem", "data:image/png;base64,", "8 samples in 2 shards")
                .doesNotContain("picture <b>", "<script", "http:", "https:");
        assertThat(html.split("<figure>", -1)).hasSize(7);
        assertThatThrownBy(() -> DataPage.write(
                        folder.resolve("data"),
                        new DataPage.Choice(5, Optional.empty(), Optional.of(SampleKind.EDIT)),
                        page,
                        new PictureReader(),
                        Work.unwatched()))
                .hasMessageContaining("nothing to show");
    }
}
