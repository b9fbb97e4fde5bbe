package dev.nextstep.train.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.data.EncodedPicture;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.caption.CaptionSettings;
import dev.nextstep.data.caption.TagAugmentation;
import dev.nextstep.data.mix.MixSource;
import dev.nextstep.data.pack.Packing;
import dev.nextstep.data.sequence.PreparationSettings;
import dev.nextstep.data.sequence.SamplePreparation;
import dev.nextstep.data.sequence.SequenceBuilder;
import dev.nextstep.data.shard.DataSet;
import dev.nextstep.data.shard.ShardOptions;
import dev.nextstep.data.shard.ShardWriter;
import dev.nextstep.data.vocabulary.BpeTrainer;
import dev.nextstep.data.vocabulary.VocabularySettings;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.SourceFit;
import dev.nextstep.image.WriteOptions;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.SpecialTokens;
import dev.nextstep.prompt.TextTokenizer;
import dev.nextstep.torch.VaeShapes;
import dev.nextstep.torch.Weights;
import dev.nextstep.train.tokenizer.TokenizerInitializer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One data set in two sizes, in rows of one mixture. */
class MixedAreasTest {
    @TempDir
    Path folder;

    private static final VaeConfig VAE =
            new VaeConfig(3, 3, 32, List.of(1, 1, 1, 1), 1, 4, 1, 0, true, true, OptionalInt.of(1));

    private void writeShards() throws IOException {
        try (var writer = ShardWriter.create(folder.resolve("data"), ShardOptions.of("shapes"))) {
            for (int i = 0; i < 2; i++) {
                var a = picture(i, 96, 96);
                var b = picture(i + 4, 96, 48);
                writer.add(new Sample("t" + i, SampleKind.IMAGE_TEXT, "square " + i, List.of(a), Map.of()));
                writer.add(new Sample("e" + i, SampleKind.EDIT, "<image_0>cut<image_1>", List.of(a, b), Map.of()));
            }
        }
    }

    private static EncodedPicture picture(int shade, int width, int height) {
        var rgb = new byte[width * height * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * (shade + 1));
        }
        return new EncodedPicture(
                "png", PictureWriter.encode(Pixels.of(width, height, rgb), PictureFormat.PNG, WriteOptions.DEFAULT));
    }

    private RowSource.Source source(SampleKind kind, SourceFit fit) throws IOException {
        return new RowSource.Source(MixSource.of(DataSet.open(folder.resolve("data"), kind), 1), fit);
    }

    @Test
    void everyDataSetHasTheGridsOfItsArea() throws IOException {
        writeShards();
        new BpeTrainer().train(VocabularySettings.ofSize(266)).write(folder);
        var tokenizer = TextTokenizer.read(folder);
        var special = SpecialTokens.find(tokenizer);
        var preparation = new SamplePreparation(
                new SequenceBuilder(tokenizer, special),
                new PreparationSettings(1, CaptionSettings.DEFAULT, TagAugmentation.NONE, 0, 4));
        var weights = Weights.initialize(VaeShapes.of(VAE), new TokenizerInitializer(1));
        weights.requireGradients(Weights.Gradients.NOT_WANTED);
        var fits = List.<SourceFit>of(
                new SourceFit.SquareCrop(32),
                new SourceFit.SquareCrop(64),
                new SourceFit.SquareCrop(48),
                new SourceFit.AspectCrop(256));
        try (var latents = new LatentCache(VAE, weights, 2, 1 << 24);
                var rows = new RowSource(
                        List.of(
                                source(SampleKind.IMAGE_TEXT, fits.get(0)),
                                source(SampleKind.IMAGE_TEXT, fits.get(1)),
                                source(SampleKind.EDIT, fits.get(2)),
                                source(SampleKind.EDIT, fits.get(3))),
                        preparation,
                        latents,
                        new Packing.BlockDiagonal(600),
                        special.pad(),
                        1)) {
            var loader = rows.begin();
            // Of pictures of 96 x 96 and of 96 x 48 pixels.
            var expected = Map.of(
                    0, List.of(new Grid(2, 2)),
                    1, List.of(new Grid(4, 4)),
                    2, List.of(new Grid(3, 3), new Grid(3, 3)),
                    3, List.of(new Grid(16, 16), new Grid(11, 23)));
            var seen = new HashMap<Integer, Integer>();
            for (int i = 0; i < 16; i++) {
                for (var part : loader.next().parts()) {
                    int source = part.owner().reference().source();
                    var pictures = part.owner().payload();
                    assertThat(pictures.stream().map(LatentCache.PictureTokens::grid))
                            .containsExactlyElementsOf(expected.get(source));
                    for (int k = 0; k < pictures.size(); k++) {
                        var block = part.pictures().get(k);
                        assertThat(block.to() - block.from())
                                .isEqualTo(pictures.get(k).grid().tokens());
                        assertThat(pictures.get(k).tokens())
                                .hasSize(pictures.get(k).grid().tokens() * 16);
                    }
                    seen.merge(source, 1, Integer::sum);
                }
            }
            assertThat(seen.keySet()).containsExactlyInAnyOrder(0, 1, 2, 3);
        }
    }
}
