package dev.nextstep.data.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.pack.PackedRow;
import dev.nextstep.data.pack.Packer;
import dev.nextstep.data.pack.Packing;
import dev.nextstep.data.testing.Golden;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.SpecialTokenText;
import dev.nextstep.prompt.SpecialTokens;
import dev.nextstep.prompt.TextTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sequences, labels, rows and seeds are the official code's to the last number. */
class SequenceGoldenTest {
    private final JsonNode golden = Golden.json(Golden.folder("feb/captions").resolve("captions.json"));
    private final TextTokenizer tokenizer = TextTokenizer.read(Golden.folder("feb/tiny-feb"));
    private final SpecialTokens special = SpecialTokens.find(tokenizer);
    private final SequenceBuilder builder = new SequenceBuilder(tokenizer, special);

    private static Grid grid(String text) {
        String[] sides = text.split("\\*", -1);
        return new Grid(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    }

    @Test
    void specialIds() {
        var ids = golden.get("special_ids");
        assertThat(special.beginOfImage()).isEqualTo(ids.get("boi").asInt());
        assertThat(special.endOfImage()).isEqualTo(ids.get("eoi").asInt());
        assertThat(special.imagePlaceholder()).isEqualTo(ids.get("placeholder").asInt());
        assertThat(special.pad()).isEqualTo(ids.get("pad").asInt());
        assertThat(special.eos()).isEqualTo(ids.get("eos").asInt());
        for (var grid : golden.get("grid_ids").properties()) {
            int[] expected = Golden.ints(grid.getValue());
            assertThat(tokenizer.encode(grid(grid.getKey()).text(), SpecialTokenText.AS_TEXT))
                    .isEqualTo(Arrays.copyOfRange(expected, 1, expected.length));
            assertThat(special.imageArea()).isEqualTo(expected[0]);
        }
    }

    @Test
    void examples() {
        assertThat(golden.get("examples").size()).isPositive();
        for (var example : golden.get("examples")) {
            String at =
                    example.get("kind").asText() + ": " + example.get("caption").asText();
            var sequence = sequence(example);
            assertThat(sequence.inputIds()).as(at).isEqualTo(Golden.ints(example.get("input_ids")));
            assertThat(sequence.labels()).as(at).isEqualTo(Golden.ints(example.get("labels")));
            var pictures = sequence.pictures();
            assertThat(pictures.stream().mapToInt(PictureBlock::boi))
                    .as(at)
                    .containsExactly(boxed(example.get("boi_positions")));
            assertThat(pictures.stream().mapToInt(p -> p.trained() ? 1 : 0))
                    .as(at)
                    .containsExactly(boxed(example.get("image_flags")));
            assertThat(pictures).hasSize(example.get("placeholder_spans").size());
            for (int i = 0; i < pictures.size(); i++) {
                var span = example.get("placeholder_spans").get(i);
                assertThat(new int[] {pictures.get(i).from(), pictures.get(i).to()})
                        .as(at)
                        .isEqualTo(Golden.ints(span));
            }
            if (example.has("kept")) {
                assertThat(pictures.stream().mapToInt(PictureBlock::tag))
                        .as(at)
                        .containsExactly(boxed(example.get("kept")));
            }
        }
    }

    private static Integer[] boxed(JsonNode list) {
        return Arrays.stream(Golden.ints(list)).boxed().toArray(Integer[]::new);
    }

    private TokenSequence sequence(JsonNode example) {
        var kind = SampleKind.of(example.get("kind").asText());
        String caption = example.get("caption").asText();
        var grids = Golden.texts(example.get("grids")).stream()
                .map(SequenceGoldenTest::grid)
                .toList();
        return switch (kind) {
            case TEXT -> builder.text(caption);
            case IMAGE_TEXT -> {
                var order = new DropText(
                                example.get("seed").asLong(),
                                example.get("drop_text_prob").asDouble())
                        .order(example.get("index").asLong());
                assertThat(order == PictureOrder.PICTURE_FIRST)
                        .isEqualTo(example.get("picture_first").asBoolean());
                yield builder.imageText(caption, grids.getFirst(), order);
            }
            case EDIT -> builder.edit(caption, grids);
            case INTERLEAVED -> {
                // Which window is random; the golden values say which it was.
                int[] kept = Golden.ints(example.get("kept"));
                yield builder.interleaved(caption, grids, new PictureWindow(kept[0], kept.length));
            }
        };
    }

    /** The rows are cut into their samples and laid again, so that only the rule of packing is held to the values. */
    @Test
    void packing() {
        var expected = golden.get("packing");
        int[] lengths = Golden.ints(expected.get("sample_lengths"));
        int rowLength = expected.get("row_length").asInt();
        var packer = new Packer<Integer>(new Packing.WholeSamples(rowLength), special.pad(), 0);
        var rows = new ArrayList<PackedRow<Integer>>();
        for (int i = 0; i < lengths.length; i++) {
            packer.offer(i, cut(expected.get("rows"), i, lengths));
            packer.poll().ifPresent(rows::add);
        }
        assertThat(rows).hasSize(expected.get("rows").size()).isNotEmpty();
        for (int i = 0; i < rows.size(); i++) {
            var row = expected.get("rows").get(i);
            assertThat(rows.get(i).inputIds()).isEqualTo(Golden.ints(row.get("input_ids")));
            assertThat(rows.get(i).labels()).isEqualTo(Golden.ints(row.get("labels")));
            assertThat(rows.get(i).officialAttentionMask()).isEqualTo(Golden.ints(row.get("attention_mask")));
            assertThat(rows.get(i).padding()).isEqualTo(row.get("padding").asInt());
            assertThat(rows.get(i).parts().getFirst().owner())
                    .isEqualTo(row.get("first_sample").asInt());
            assertThat(rows.get(i).parts()).hasSize(row.get("samples").asInt());
        }
        assertThat(packer.state().waiting()).hasSize(expected.get("left_over").asInt());
    }

    private static TokenSequence cut(JsonNode rows, int sample, int[] lengths) {
        for (var row : rows) {
            int first = row.get("first_sample").asInt();
            if (sample >= first && sample < first + row.get("samples").asInt()) {
                int from = Arrays.stream(lengths, first, sample).sum();
                int to = from + lengths[sample];
                return new TokenSequence(
                        Arrays.copyOfRange(Golden.ints(row.get("input_ids")), from, to),
                        Arrays.copyOfRange(Golden.ints(row.get("labels")), from, to),
                        List.of());
            }
        }
        return new TokenSequence(new int[lengths[sample]], new int[lengths[sample]], List.of());
    }

    @Test
    void seeds() {
        assertThat(golden.get("make_seed").size()).isPositive();
        for (var seed : golden.get("make_seed")) {
            assertThat(MakeSeed.of(values(seed.get("args")).toArray()))
                    .as("%s", seed.get("args"))
                    .isEqualTo(seed.get("seed").asInt());
        }
        assertThat(MakeSeed.of(-1)).as("Python's hash of -1 is -2").isEqualTo(MakeSeed.of(-2));
    }

    private static List<Object> values(JsonNode list) {
        var out = new ArrayList<Object>();
        for (var value : list) {
            out.add(value.isArray() ? values(value) : value.isTextual() ? value.asText() : (Object) value.asLong());
        }
        return out;
    }

    @Test
    void droppedTexts() {
        var expected = golden.get("drop_text");
        var rule =
                new DropText(expected.get("seed").asLong(), expected.get("prob").asDouble());
        assertThat(expected.get("picture_first").size()).isPositive();
        for (int i = 0; i < expected.get("picture_first").size(); i++) {
            assertThat(rule.order(i) == PictureOrder.PICTURE_FIRST)
                    .as("sample %d", i)
                    .isEqualTo(expected.get("picture_first").get(i).asBoolean());
        }
    }
}
