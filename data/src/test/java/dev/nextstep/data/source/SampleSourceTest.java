package dev.nextstep.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.data.DataException;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.TestSamples;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureWriter;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleSourceTest {
    @TempDir
    Path folder;

    private final List<Sample> samples = new ArrayList<>();
    private final List<SourceProblem> problems = new ArrayList<>();

    private void picture(String name, int seed) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        PictureWriter.write(file, TestSamples.pixels(20, 16, seed));
    }

    private void text(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void read(Path path, SourceOptions options) throws IOException {
        SampleSource.of(path, options).read(new SampleSource.Receiver() {
            @Override
            public void sample(Sample sample) {
                samples.add(sample);
            }

            @Override
            public void problem(SourceProblem problem) {
                problems.add(problem);
            }
        });
    }

    /** Black beneath a hole: the official code shows it, a data set should not. */
    @ParameterizedTest
    @ValueSource(strings = {"png", "gif"})
    void aTransparentColourOfAPaletteBecomesWhite(String format) throws IOException {
        byte[] reds = {0, (byte) 200, 10};
        byte[] others = {0, 20, 30};
        var palette = new IndexColorModel(2, 3, reds, others, others, 0);
        var holed = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_BINARY, palette);
        holed.setRGB(3, 5, 0xFFC81414);
        assertThat(ImageIO.write(holed, format, folder.resolve("hole." + format).toFile()))
                .isTrue();
        text("hole.txt", "a hole");
        read(folder, SourceOptions.DEFAULT);
        assertThat(problems).isEmpty();
        var kept = samples.getFirst().pictures().getFirst();
        assertThat(kept.extension()).isEqualTo("png");
        var pixels = new PictureReader().read(kept.bytes(), "kept");
        assertThat(pixels.rgb(0, 0)).isEqualTo(0xFFFFFF);
        assertThat(pixels.rgb(3, 5)).isEqualTo(0xC81414);
    }

    @Test
    void aFolder() throws IOException {
        picture("b fox.png", 1);
        text("b fox.txt", "\uFEFFa red fox\n");
        picture("deep/er/ünï.jpg", 2);
        text("deep/er/ünï.txt", "deep");
        text("only.txt", "some text");
        picture("edit-0.png", 3);
        picture("edit-1.jpg", 4);
        text("edit.txt", "make it blue");
        picture("story-0.png", 5);
        picture("story-1.png", 6);
        text("story.txt", "first <image_0> then <image_1> end");
        picture("photo-2.png", 7);
        text("photo-2.txt", "the second photo");
        picture("scored.webp", 8);
        text("scored.json", "{\"caption\": \"scored\", \"score\": 7.5}");
        picture("lonely.png", 9);
        text("broken.png", "no picture");
        text("broken.txt", "broken");
        picture("twice.png", 10);
        picture("twice.jpg", 11);
        text("twice.txt", "twice");
        text("notes.md", "passed over");
        text(".hidden.txt", "passed over");
        read(folder, SourceOptions.DEFAULT);

        assertThat(samples)
                .map(Sample::key)
                .containsExactly("b_fox", "deep_er_ünï", "edit", "only", "photo_2", "scored", "story");
        assertThat(samples)
                .map(Sample::kind)
                .containsExactly(
                        SampleKind.IMAGE_TEXT,
                        SampleKind.IMAGE_TEXT,
                        SampleKind.EDIT,
                        SampleKind.TEXT,
                        SampleKind.IMAGE_TEXT,
                        SampleKind.IMAGE_TEXT,
                        SampleKind.EDIT);
        assertThat(samples.get(0).caption()).isEqualTo("a red fox");
        assertThat(samples.get(2).caption()).isEqualTo("<image_0>make it blue<image_1>");
        assertThat(samples.get(5).fields()).isEqualTo(Map.of("score", 7.5));
        assertThat(samples.get(6).caption()).isEqualTo("first <image_0> then <image_1> end");
        assertThat(new PictureReader().read(samples.get(6).pictures().get(1).bytes(), "p"))
                .isEqualTo(TestSamples.pixels(20, 16, 6));
        assertThat(problems).hasSize(3);
        assertThat(problems)
                .map(SourceProblem::where)
                .map(w -> w.substring(w.lastIndexOf('/') + 1))
                .containsExactly("broken", "lonely", "twice");
        assertThat(problems)
                .map(SourceProblem::reason)
                .satisfiesExactly(
                        r -> assertThat(r).contains("broken.png"),
                        r -> assertThat(r).contains("lonely.txt"),
                        r -> assertThat(r).contains("second time"));
    }

    @Test
    void severalPicturesMayBeInterleaved() throws IOException {
        picture("story-0.png", 5);
        picture("story-1.png", 6);
        text("story.txt", "first <image_0> then <image_1>");
        read(folder, new SourceOptions(SampleKind.INTERLEAVED, new PictureReader()));
        assertThat(samples).map(Sample::kind).containsExactly(SampleKind.INTERLEAVED);
        assertThatThrownBy(() -> new SourceOptions(SampleKind.TEXT, new PictureReader()))
                .hasMessageContaining("nlp");
    }

    @Test
    void csv() throws IOException {
        picture("p/a.png", 1);
        picture("p/b.png", 2);
        text("list.csv", """
                \uFEFFimage,caption,score,images,kind,note\r
                p/a.png,"a ""fox"", red",5.5,,,\r
                p/missing.png,gone,1,,,\r
                \r
                ,<image_0>then<image_1>,3,p/a.png; p/b.png,interleave,"two
                lines"\r
                ,just a text,,,nlp,\r
                too,few\r
                p/b.png,2024,,,,\r
                p/a.png,again,,,poem,\r
                p/a.png,again,,,,""");
        read(folder.resolve("list.csv"), SourceOptions.DEFAULT);
        assertThat(samples)
                .map(Sample::caption)
                .containsExactly("a \"fox\", red", "<image_0>then<image_1>", "just a text", "2024", "again");
        assertThat(samples).map(Sample::key).containsExactly("p_a", "p_b", "line7", "p_b_2", "p_a_2");
        assertThat(samples.get(0).fields()).isEqualTo(Map.of("score", 5.5));
        assertThat(samples.get(1).fields()).isEqualTo(Map.of("score", 3L, "note", "two\nlines"));
        assertThat(samples.get(1).kind()).isEqualTo(SampleKind.INTERLEAVED);
        assertThat(samples.get(1).pictures()).hasSize(2);
        assertThat(problems).map(SourceProblem::where).allMatch(w -> w.contains("list.csv, line "));
        assertThat(problems)
                .map(p -> p.where().replaceAll(".*line ", "") + " " + p.reason())
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("3 ").contains("missing.png"),
                        p -> assertThat(p).startsWith("8 ").contains("2 fields"),
                        p -> assertThat(p).startsWith("10 ").contains("poem"));
    }

    @Test
    void jsonLines() throws IOException {
        picture("a.png", 1);
        picture("b.png", 2);
        text("list.jsonl", """
                {"file_name": "a.png", "text": "a fox", "width": 20}
                {"input_image": "a.png", "output_image": "b.png", "instruction": "make it blue", "input_description": "a fox"}

                {"images": ["a.png", "b.png"], "caption": "<image_0>x<image_1>", "key": "my.key"}
                {"text": "only text"}
                {"file_name": "a.png"
                {"input_image": "a.png", "instruction": "half"}
                {"image": "\\u0000", "caption": "x"}
                """);
        read(folder.resolve("list.jsonl"), SourceOptions.DEFAULT);
        assertThat(samples).map(Sample::key).containsExactly("a", "b", "my_key", "line5");
        assertThat(samples.get(0).fields()).isEqualTo(Map.of("width", 20));
        assertThat(samples.get(1).caption()).isEqualTo("<image_0>make it blue<image_1>");
        assertThat(samples.get(1).fields())
                .isEqualTo(Map.of("caption_all", Map.of("subject_driven", "a fox<image_0>make it blue<image_1>")));
        assertThat(problems).hasSize(3);
        assertThat(problems).map(p -> p.where().replaceAll(".*line ", "")).containsExactly("6", "7", "8");
    }

    @Test
    void aJsonListAsTheOfficialBuilderTakesIt() throws IOException {
        picture("a.png", 1);
        picture("b.png", 2);
        text(
                "list.json",
                " [{\"input_image\":\"a.png\",\"output_image\":\"b.png\",\"instruction\":\"x\"}, 7, {\"text\":\"t\"}]");
        read(folder.resolve("list.json"), SourceOptions.DEFAULT);
        assertThat(samples).map(Sample::kind).containsExactly(SampleKind.EDIT, SampleKind.TEXT);
        assertThat(problems).map(SourceProblem::reason).containsExactly("is no object");
    }

    @Test
    void whatIsNoSource() throws IOException {
        text("a.xlsx", "");
        assertThatThrownBy(() -> SampleSource.of(folder.resolve("a.xlsx"), SourceOptions.DEFAULT))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(".csv, .jsonl");
        assertThatThrownBy(() -> SampleSource.of(folder.resolve("missing"), SourceOptions.DEFAULT))
                .hasMessageContaining("no such file");
        text("open.csv", "caption\n\"never closed");
        assertThatThrownBy(() -> read(folder.resolve("open.csv"), SourceOptions.DEFAULT))
                .hasMessageContaining("line 2: a quote is not closed");
    }
}
