package dev.nextstep.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.data.EncodedPicture;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.emoji.Split;
import dev.nextstep.data.shard.ShardOptions;
import dev.nextstep.data.shard.ShardWriter;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import dev.nextstep.train.measure.CasesFile;
import dev.nextstep.train.measure.EditCase;
import dev.nextstep.train.measure.PictureName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmojiCasesTest {
    @TempDir
    Path folder;

    private static final EncodedPicture PICTURE = new EncodedPicture(
            "png", PictureWriter.encode(Pixels.of(16, 16, new byte[768]), PictureFormat.PNG, WriteOptions.DEFAULT));

    private static Sample edit(String kind, int number) {
        Map<String, Object> fields = Map.of(
                "edit",
                kind,
                "source_hexcode",
                "1f60" + number,
                "source_style",
                "noto",
                "target_hexcode",
                "1f60" + number,
                "target_style",
                "flat");
        return new Sample(
                kind + number, SampleKind.EDIT, "<image_0>in flat style<image_1>", List.of(PICTURE, PICTURE), fields);
    }

    private void write(Split split, Sample... samples) throws IOException {
        var place = Files.createDirectories(folder.resolve(split.id())).resolve(SampleKind.EDIT.id());
        try (var writer = ShardWriter.create(place, ShardOptions.of("emoji/" + split.id()))) {
            for (var sample : samples) {
                writer.add(sample);
            }
        }
    }

    @Test
    void editsOfTrainingAndThoseHeldOutAreCasesOfTheirOwn() throws IOException {
        write(Split.TRAIN, edit("style", 1), edit("style", 2), edit("style", 3), edit("mirror", 4), edit("tone", 5));
        write(Split.HELD_OUT_EDITS, edit("style", 6));
        assertThat(EmojiCases.of(folder).edits())
                .containsExactly(new EditCase(
                        "style", "in flat style", new PictureName("1f606", "noto"), new PictureName("1f606", "flat")));
        var learned = EmojiCases.learned(folder, 2);
        assertThat(learned.edits().stream()
                        .map(each -> each.kind() + each.source().hexcode()))
                .as("two of a kind at most, and no computed picture, which the set does not have")
                .containsExactly("style1f601", "style1f602", "tone1f605");
        var file = folder.resolve("learned-edits.json");
        learned.write(file);
        assertThat(CasesFile.read(file)).isEqualTo(learned);
    }
}
