package dev.nextstep.train.recipe;

import dev.nextstep.data.EncodedPicture;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.shard.ShardOptions;
import dev.nextstep.data.shard.ShardWriter;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Recipes of tiny networks and data for them. */
final class TinyRuns {
    private static final String OPTIMIZER = """
            optimizer:
              ema: 0.9
              groups:
                - {name: ends, parameters: ["embed_tokens*", "lm_head*", "*conv_in*", "*conv_out*"], adamw: {learning_rate: 1e-3}}
                - {name: matrices, parameters: ["*"], rank: matrices, muon: {learning_rate: 1e-3, weight_decay: 0.01}}
                - {name: vectors, parameters: ["*"], adamw: {learning_rate: 1e-3}}
            schedule: {warmup: 2, decay: cosine, floor: 0.1}
            """;

    static final String TOKENIZER = """
            kind: tokenizer
            seed: 7
            precision: fp32
            shape: {channels: 32, channel_multipliers: [1, 1, 1, 1], residual_blocks: 1, latent_channels: 4}
            data:
              train: [{folder: %1$s, kind: image_text_pair}]
              validation: [{folder: %1$s, kind: image_text_pair}]
            objective: {side: 16, batch: 4, latent_noise: 0.3, l1: 1, mse: 2, edges: 0.3, scales: 0.2, structure: 0.2}
            """ + OPTIMIZER + """
            stop: {steps: 6}
            intervals: {log: 2, checkpoint: 2, validation: 3}
            """;

    static final String MODEL = """
            kind: transformer
            seed: 3
            precision: fp32
            shape: {hidden: 32, layers: 2, heads: 2, kv_heads: 1, head_dim: 16, mlp: 64, flow_width: 32, flow_layers: 1}
            image_tokenizer: %2$s
            vocabulary: 512
            data:
              train:
                - {folder: %1$s, kind: image_text_pair, weight: 3}
                - {folder: %1$s, kind: image_editing, weight: 1}
                - {folder: %1$s, kind: nlp, weight: 1}
                - {folder: %1$s, kind: interleave, weight: 1}
            rows: {packing: block_diagonal, length: 64, count: 8, area: 32, drop_text: 0.2, tags: official}
            objective: {flow_copies: 2, input_noise: {share: 0.5, largest: 0.3}}
            samples: {prompts: ["a red square"], validation_batches: 2}
            """ + OPTIMIZER + """
            stop: {steps: 8}
            intervals: {log: 2, checkpoint: 2, validation: 4, samples: 8}
            """;

    private TinyRuns() {}

    /** Writes a folder of shards of all kinds. */
    static void writeShards(Path folder) throws IOException {
        try (var writer = ShardWriter.create(folder.resolve("data"), ShardOptions.of("shapes"))) {
            var names = List.of("red", "green", "blue", "white", "black", "grey");
            for (int i = 0; i < names.size(); i++) {
                var a = picture(i, 0);
                var b = picture(i, 1);
                String name = names.get(i);
                writer.add(sample("t" + i, SampleKind.IMAGE_TEXT, "a " + name + " square", a));
                writer.add(sample("u" + i, SampleKind.IMAGE_TEXT, "a " + name + " field", b));
                writer.add(sample("e" + i, SampleKind.EDIT, "<image_0>fill it<image_1>", a, b));
                writer.add(sample("n" + i, SampleKind.TEXT, name + " is a colour."));
                writer.add(sample("m" + i, SampleKind.INTERLEAVED, name + ": <image_0> and filled: <image_1>", a, b));
            }
        }
    }

    private static Sample sample(String key, SampleKind kind, String caption, EncodedPicture... pictures) {
        return new Sample(key, kind, caption, List.of(pictures), Map.of());
    }

    private static EncodedPicture picture(int colour, int filled) {
        var rgb = new byte[32 * 32 * 3];
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % 32;
            int y = i / 96;
            boolean inside = filled == 1 || (x > 8 && x < 24 && y > 8 && y < 24);
            rgb[i] = (byte) (inside ? (colour >> (i % 3) & 1) * 200 + colour : 255);
        }
        return new EncodedPicture(
                "png", PictureWriter.encode(Pixels.of(32, 32, rgb), PictureFormat.PNG, WriteOptions.DEFAULT));
    }

    /** A recipe over the shards of a folder, and the tokenizer in it. */
    static String in(Path folder, String text) {
        return text.formatted(
                folder.resolve("data"), folder.resolve("tokenizer").resolve("model"));
    }
}
