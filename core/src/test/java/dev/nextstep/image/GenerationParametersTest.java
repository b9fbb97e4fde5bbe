package dev.nextstep.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GenerationParametersTest {
    private static final List<String> PARTS = List.of(
            "a fox",
            "\n",
            "\r\n",
            " ",
            "Negative prompt: ",
            "Steps: 5, Sampler: Euler, Seed: 7",
            "Exact settings: ",
            "\"",
            "\\",
            "{\"prompt\": \"x\"}",
            ",",
            ":",
            "(x:1.2)",
            "夕暮れ",
            "🦊",
            "\uD800",
            "\u0000",
            "\u2028",
            "\u0085",
            "<lora:a:1>",
            "Size: 3x4",
            "Tool",
            "Model");

    private static String text(Random random) {
        var out = new StringBuilder();
        for (int n = random.nextInt(5); n > 0; n--) {
            if (random.nextInt(4) == 0) {
                out.append((char) random.nextInt(1 << 16));
            } else {
                out.append(PARTS.get(random.nextInt(PARTS.size())));
            }
        }
        return out.toString();
    }

    @Test
    void theWebuiFormBringsEverythingBack() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            Map<String, String> extra = new LinkedHashMap<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                extra.put(random.nextBoolean() ? "Clip skip " + n : text(random), text(random));
            }
            boolean few = random.nextBoolean();
            var settings = new GenerationParameters(
                    random.nextBoolean() ? "webui" : text(random),
                    text(random),
                    text(random),
                    few ? OptionalInt.empty() : OptionalInt.of(random.nextInt()),
                    text(random),
                    few ? OptionalDouble.empty() : OptionalDouble.of(random.nextInt(40) / 4.0 * random.nextDouble()),
                    random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong()),
                    random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt()),
                    few ? OptionalInt.empty() : OptionalInt.of(512),
                    text(random),
                    text(random),
                    extra);
            String written = settings.toWebui();
            GenerationParameters back = GenerationParameters.parse(written);
            assertThat(back).as("seed %d, round %d: %s", seed, round, written).isEqualTo(settings);
            assertThat(List.copyOf(back.extra().keySet()))
                    .isEqualTo(List.copyOf(settings.extra().keySet()));
        }
    }

    @Test
    void usualSettingsAreWrittenAsWebuiWritesThem() {
        var settings = new GenerationParameters(
                "nextstep4j",
                "a fox, (snow:1.2)",
                "blurry",
                OptionalInt.of(28),
                "Euler",
                OptionalDouble.of(7.5),
                OptionalLong.of(42),
                OptionalInt.of(512),
                OptionalInt.of(256),
                "nextstep-1.1",
                "6ce0161689",
                Map.of("Lora hashes", "a: 1, b: 2"));
        assertThat(settings.toWebui()).isEqualTo("""
                a fox, (snow:1.2)
                Negative prompt: blurry
                Steps: 28, Sampler: Euler, CFG scale: 7.5, Seed: 42, Size: 512x256, Model hash: 6ce0161689, \
                Model: nextstep-1.1, Lora hashes: "a: 1, b: 2", Tool: nextstep4j""");
    }

    @Test
    void comfyGraphs() {
        var flux = find("prompt", """
                {"1": {"class_type": "RandomNoise", "inputs": {"noise_seed": 18446744073709551615}},
                 "2": {"class_type": "SamplerCustomAdvanced", "inputs": {"noise": ["1", 0], "guider": ["3", 0],
                    "sampler": ["4", 0], "sigmas": ["5", 0], "latent_image": ["6", 0]}},
                 "3": {"class_type": "BasicGuider", "inputs": {"model": ["8", 0], "conditioning": ["7", 0]}},
                 "4": {"class_type": "KSamplerSelect", "inputs": {"sampler_name": "euler"}},
                 "5": {"class_type": "BasicScheduler", "inputs": {"scheduler": "simple", "steps": ["9", 0]}},
                 "6": {"class_type": "EmptySD3LatentImage", "inputs": {"width": 640, "height": 384}},
                 "7": {"class_type": "FluxGuidance", "inputs": {"guidance": 3.5, "conditioning": ["10", 0]}},
                 "8": {"class_type": "UNETLoader", "inputs": {"unet_name": "flux.safetensors"}},
                 "9": {"class_type": "PrimitiveInt", "inputs": {"value": 20, "x": [NaN]}},
                 "10": {"class_type": "CLIPTextEncode", "inputs": {"text": ["11", 0], "clip": ["2", 0]}},
                 "11": {"class_type": "StringConstant", "inputs": {"string": "a tea house"}}}""");
        assertThat(flux.prompt()).isEqualTo("a tea house");
        assertThat(flux.steps()).hasValue(20);
        assertThat(flux.sampler()).isEqualTo("euler");
        assertThat(flux.cfgScale()).hasValue(3.5);
        assertThat(flux.width()).hasValue(640);
        assertThat(flux.model()).isEqualTo("flux.safetensors");
        assertThat(flux.extra()).containsEntry("Seed", "18446744073709551615");
        var saved = find("workflow", """
                {"nodes": [{"id": 1, "type": "KSampler", "widgets_values": [5, "fixed", 12, 6.5, "dpm", "karras", 1],
                    "inputs": [{"name": "positive", "link": 1}, {"name": "negative", "link": 2},
                               {"name": "latent_image", "link": 3}]},
                  {"id": 2, "type": "CLIPTextEncode", "widgets_values": ["good"]},
                  {"id": 3, "type": "CLIPTextEncode", "widgets_values": ["bad"]},
                  {"id": 4, "type": "EmptyLatentImage", "widgets_values": [32, 48, 1]}],
                 "links": [[1, 2, 0, 1, 1, "C"], [2, 3, 0, 1, 2, "C"], [3, 4, 0, 1, 3, "L"]]}""");
        assertThat(saved.prompt()).isEqualTo("good");
        assertThat(saved.negativePrompt()).isEqualTo("bad");
        assertThat(saved.seed()).hasValue(5);
        assertThat(saved.height()).hasValue(48);
    }

    @Test
    void invokeAi() {
        var old = find("Dream", "\"a \"quoted\" cat\" -s 50 -S 123 -W512 -H 768 -C 7.5 -A k_lms");
        assertThat(old.prompt()).isEqualTo("a \"quoted\" cat");
        assertThat(old.steps()).hasValue(50);
        assertThat(old.width()).hasValue(512);
        assertThat(old.sampler()).isEqualTo("k_lms");
        var middle = find("sd-metadata", """
                {"model": "stable diffusion", "model_hash": "abc", "image": {"prompt": [{"prompt": "a cat", "weight": 1.0}],
                 "steps": 20, "cfg_scale": 7.5, "seed": 9, "sampler": "k_euler", "width": 512, "height": 640}}""");
        assertThat(middle.prompt()).isEqualTo("a cat");
        assertThat(middle.seed()).hasValue(9);
        assertThat(middle.tool()).isEqualTo("InvokeAI");
        var recent = find("invokeai_metadata", """
                {"positive_prompt": "p", "model": {"name": "sdxl", "hash": "blake3:1", "base": "sdxl"}, "seed": 1}""");
        assertThat(recent.model()).isEqualTo("sdxl");
        assertThat(recent.modelHash()).isEqualTo("blake3:1");
    }

    private static GenerationParameters find(String keyword, String text) {
        var entry = new PictureTexts.Entry(PictureTexts.Source.PNG_CHUNK, keyword, text);
        return GenerationParameters.find(new PictureTexts(List.of(entry))).orElseThrow();
    }
}
