package dev.nextstep.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nextstep.testing.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows as the reference builds them. */
class PromptRowsGoldenTest {
    private static final Path FOLDER = Golden.folder("lm/tokenizer");

    @TempDir
    static Path scratch;

    static List<Path> files() {
        return Golden.files(FOLDER, ".json").stream()
                .filter(f -> f.getFileName().toString().startsWith("prompt_rows_"))
                .toList();
    }

    private static List<String> strings(JsonNode node) {
        return node.isTextual()
                ? List.of(node.asText())
                : node.valueStream().map(JsonNode::asText).toList();
    }

    private static PromptRequest request(JsonNode arguments, JsonNode sizes) {
        var pictures = new ArrayList<Grid>();
        sizes.forEach(
                s -> pictures.add(Grid.flooringPixels(s.get(0).asInt(), s.get(1).asInt())));
        var hw = arguments.path("hw");
        var request = PromptRequest.of(
                        strings(arguments.get("captions")),
                        hw.isMissingNode()
                                ? new Grid(16, 16)
                                : Grid.flooringPixels(
                                        hw.get(1).asInt(), hw.get(0).asInt()))
                .withPictures(pictures)
                .withPicturesPerCaption(arguments.path("num_images_per_caption").asInt(1))
                .withGuidance(GuidanceLayout.of(
                        arguments.path("cfg").asDouble(1),
                        arguments.path("cfg_img").asDouble(1),
                        pictures.size()))
                .withSpecialTokenText(SpecialTokenText.AS_TOKENS);
        if (arguments.hasNonNull("positive_prompt")) {
            request = request.withPositive(arguments.get("positive_prompt").asText());
        }
        if (arguments.hasNonNull("negative_prompt")) {
            request = request.withNegative(arguments.get("negative_prompt").asText());
        }
        return request;
    }

    @ParameterizedTest
    @MethodSource("files")
    void rowsMasksAndPictureOrderAreEqual(Path file) {
        String which = file.getFileName().toString().replaceAll(".*_|\\.json", "");
        var tokenizer = TextTokenizer.read(TokenizerFiles.of(which, scratch));
        var special = SpecialTokens.find(tokenizer);
        var cases = Golden.json(file);
        assertThat(cases.size()).isPositive();
        for (var golden : cases) {
            String name = golden.get("arguments").toString();
            var request =
                    request(golden.get("arguments"), golden.get("arguments").path("image_sizes_wh"));
            var rows = new PromptBuilder(tokenizer, special).build(request);

            int count = golden.get("input_ids").size();
            assertThat(rows.rows()).as(name).hasSize(count);
            assertThat(rows.rows().size())
                    .isEqualTo(rows.outputPictures() * rows.layout().rowsPerPicture());
            for (int r = 0; r < count; r++) {
                int[] ids = TokenizerGoldenTest.ints(golden.get("input_ids").get(r));
                int[] mask =
                        TokenizerGoldenTest.ints(golden.get("attention_mask").get(r));
                var row = rows.rows().get(r);
                int[] expected = Arrays.copyOfRange(
                        ids, mask.length - Arrays.stream(mask).sum(), ids.length);
                if (row.kind() == RowKind.IMAGE_AND_NEGATIVE && referenceWritesAnotherSize(request)) {
                    expected = withOwnPictures(row, expected, tokenizer, special);
                }
                assertThat(row.ids()).as("row %d of %s", r, name).isEqualTo(expected);
                if (!referenceWritesAnotherSize(request)) {
                    assertThat(rows.paddedIds()[r]).as(name).isEqualTo(ids);
                    assertThat(rows.mask()[r]).as(name).isEqualTo(mask);
                }
                assertThat(row.padding() + row.length()).isEqualTo(rows.length());
                for (var span : row.pictures()) {
                    int[] inside = Arrays.copyOfRange(
                            row.ids(),
                            span.offset(),
                            span.offset() + span.grid().tokens());
                    assertThat(inside).containsOnly(special.imagePlaceholder());
                    assertThat(row.id(span.offset() - 1)).isEqualTo(special.beginOfImage());
                    assertThat(row.id(span.offset() + inside.length)).isEqualTo(special.endOfImage());
                    assertThat(span.grid()).isEqualTo(request.pictures().get(span.picture()));
                }
            }
            assertThat(rows.positions())
                    .isEqualTo(IntStream.range(0, rows.length()).toArray());
            var order = golden.get("picture_order");
            assertThat(rows.pictureOrder())
                    .as(name)
                    .isEqualTo(
                            order.isNull()
                                    ? List.of()
                                    : order.valueStream().map(JsonNode::asInt).toList());
        }
    }

    /**
     * The reference puts one block of the first picture's size into every row of pictures with the negative prompt;
     * ours has the caption's own pictures (spec §11 #14). Both agree unless a caption has several or another size.
     */
    private static boolean referenceWritesAnotherSize(PromptRequest request) {
        return request.pictures().stream().distinct().count() > 1
                || request.captions().stream().anyMatch(c -> PromptRequest.tags(c) != 1);
    }

    private static int[] withOwnPictures(
            PromptRow row, int[] reference, TextTokenizer tokenizer, SpecialTokens special) {
        var ids = new IntList();
        for (var span : row.pictures()) {
            ids.add(special.imageArea());
            ids.add(tokenizer.encode(span.grid().text(), SpecialTokenText.AS_TEXT));
            ids.add(special.beginOfImage());
            ids.addRepeated(special.imagePlaceholder(), span.grid().tokens());
            ids.add(special.endOfImage());
        }
        int end = 0;
        while (reference[end] != special.endOfImage()) {
            end++;
        }
        ids.add(Arrays.copyOfRange(reference, end + 1, reference.length));
        return ids.toArray();
    }

    /** The runs of February give their rows as decoded text, a middle dot for each placeholder. They may not be there. */
    @Test
    void rowsOfTheFebruaryRunsAreEqual() {
        Path root = FOLDER.resolve("../../feb").normalize();
        Path file = root.resolve("pipeline-feb").resolve("cases.json");
        Path model = root.resolve("tiny-feb").resolve("tokenizer.json");
        Assumptions.assumeTrue(Files.exists(file) && Files.exists(model), "no golden values of February in this set");
        var tokenizer = TextTokenizer.read(model);
        var builder = new PromptBuilder(tokenizer, SpecialTokens.find(tokenizer));
        var cases = Golden.json(file).get("cases");
        assertThat(cases.size()).isPositive();
        for (var golden : cases) {
            var request = request(golden.get("settings"), februarySizes(golden));
            var rows = builder.build(request);
            assertThat(rows.layout().rowsPerPicture())
                    .isEqualTo(golden.get("cfg_rows").asInt());
            assertThat(rows.length()).isEqualTo(golden.get("prompt_length").asInt());
            var texts = rows.rows().stream()
                    .map(row -> tokenizer.decode(row.ids()).replace(SpecialTokens.IMAGE_PLACEHOLDER, "·"))
                    .toList();
            assertThat(texts).as(golden.get("name").asText()).isEqualTo(strings(golden.get("rows")));
        }
    }

    /** The pictures of a run all have one size, which stands in the shapes: [pictures, channels, height, width]. */
    private static JsonNode februarySizes(JsonNode golden) {
        var sizes = TokenizerFiles.MAPPER.createArrayNode();
        var pixels = golden.get("shapes").path("picture_pixels");
        if (!pixels.isMissingNode()) {
            for (String caption : strings(golden.get("settings").get("captions"))) {
                for (int i = 0; i < PromptRequest.tags(caption); i++) {
                    sizes.addArray()
                            .add(pixels.get(3).asInt())
                            .add(pixels.get(2).asInt());
                }
            }
        }
        return sizes;
    }
}
