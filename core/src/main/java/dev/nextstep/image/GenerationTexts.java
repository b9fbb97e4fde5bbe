package dev.nextstep.image;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises whose settings a text holds. */
final class GenerationTexts {
    /** Names of flat JSON settings, as InvokeAI, NovelAI, Fooocus and others write them, to webui's names. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("steps", "Steps"),
            Map.entry("sampler", "Sampler"),
            Map.entry("sampler_name", "Sampler"),
            Map.entry("scheduler", "Sampler"),
            Map.entry("cfg_scale", "CFG scale"),
            Map.entry("guidance_scale", "CFG scale"),
            Map.entry("scale", "CFG scale"),
            Map.entry("seed", "Seed"),
            Map.entry("width", "Width"),
            Map.entry("height", "Height"),
            Map.entry("resolution", "Size"),
            Map.entry("size", "Size"),
            Map.entry("model", "Model"),
            Map.entry("model_name", "Model"),
            Map.entry("base_model", "Model"),
            Map.entry("model_weights", "Model"),
            Map.entry("model_hash", "Model hash"),
            Map.entry("base_model_hash", "Model hash"));

    /** Options of InvokeAI's old command line. */
    private static final Map<String, String> DREAM =
            Map.of("-s", "Steps", "-S", "Seed", "-W", "Width", "-H", "Height", "-C", "CFG scale", "-A", "Sampler");

    private static final Pattern DREAM_OPTION = Pattern.compile("(-[A-Za-z]) ?([^ ]+)");

    private GenerationTexts() {}

    static Optional<GenerationParameters> find(PictureTexts texts) {
        Optional<GenerationParameters> found =
                texts.find(ExifTexts.PARAMETERS).filter(text -> !text.isBlank()).map(GenerationTexts::parameters);
        return found.or(() -> texts.find("prompt").flatMap(GenerationTexts::graph))
                .or(() -> texts.find("workflow").flatMap(GenerationTexts::graph))
                .or(() -> flat(texts, "invokeai_metadata", "InvokeAI"))
                .or(() -> flat(texts, "sd-metadata", "InvokeAI"))
                .or(() -> texts.find("Dream").map(GenerationTexts::dream))
                .or(() -> texts.find("dream").map(GenerationTexts::dream))
                .or(() -> novelAi(texts))
                .or(() -> others(texts));
    }

    static GenerationParameters parameters(String text) {
        return json(text, "").orElseGet(() -> WebuiText.parse(text));
    }

    private static Optional<GenerationParameters> graph(String text) {
        return MetadataJson.object(text).flatMap(ComfyGraph::settings);
    }

    /** A JSON object of either kind; nothing if no name in it is one of a setting. */
    private static Optional<GenerationParameters> json(String text, String tool) {
        return MetadataJson.object(text)
                .flatMap(object -> ComfyGraph.settings(object).or(() -> flat(object, tool)));
    }

    private static Optional<GenerationParameters> flat(PictureTexts texts, String keyword, String tool) {
        return texts.find(keyword).flatMap(text -> json(text, tool));
    }

    private static Optional<GenerationParameters> novelAi(PictureTexts texts) {
        String tool = texts.find("Software").orElse("");
        return texts.find("Comment").flatMap(text -> json(text, tool)).map(found -> {
            boolean named = found.model().isEmpty();
            String model = named ? texts.find("Source").orElse("") : found.model();
            return new GenerationParameters(
                    found.tool(),
                    found.prompt(),
                    found.negativePrompt(),
                    found.steps(),
                    found.sampler(),
                    found.cfgScale(),
                    found.seed(),
                    found.width(),
                    found.height(),
                    model,
                    found.modelHash(),
                    found.extra());
        });
    }

    /** Fields that hold any text, in which settings only count if they look like such. */
    private static Optional<GenerationParameters> others(PictureTexts texts) {
        for (PictureTexts.Entry entry : texts.entries()) {
            String text = entry.text();
            // ComfyUI's writers of EXIF put "prompt:" and "workflow:" in front of the graph.
            int colon = text.indexOf(':');
            if (text.startsWith("prompt:") || text.startsWith("workflow:") || text.startsWith("Prompt:")) {
                text = text.substring(colon + 1);
            }
            Optional<GenerationParameters> found = json(text, "");
            if (found.isPresent()) {
                return found;
            }
            if (WebuiText.hasSettings(text) || (entry.keyword().equals("UserComment") && !text.isBlank())) {
                return Optional.of(WebuiText.parse(text));
            }
        }
        return Optional.empty();
    }

    private static Optional<GenerationParameters> flat(Map<String, Object> json, String tool) {
        SettingsBuilder out = new SettingsBuilder();
        out.tool = !tool.isEmpty()
                ? tool
                : json.containsKey("base_model") || json.containsKey("resolution") ? "Fooocus" : "";
        boolean known = fill(json, out);
        // Older InvokeAI keeps the settings of the picture one level down.
        if (json.get("image") instanceof Map<?, ?> image) {
            known |= fill(image, out);
        }
        return known ? Optional.of(out.build()) : Optional.empty();
    }

    private static boolean fill(Map<?, ?> json, SettingsBuilder out) {
        boolean known = false;
        for (var entry : json.entrySet()) {
            String name = String.valueOf(entry.getKey());
            Object value = entry.getValue();
            switch (name) {
                case "prompt", "positive_prompt" -> {
                    if (out.prompt.isEmpty() || name.equals("positive_prompt")) {
                        out.prompt = prompt(value);
                    }
                    known = true;
                }
                case "negative_prompt", "uc" -> {
                    out.negativePrompt = prompt(value);
                    known = true;
                }
                case "image" -> {
                    // Looked into by the caller.
                }
                default -> {
                    String webui = NAMES.get(name);
                    if (webui == null) {
                        out.putExtra(name, text(value));
                    } else {
                        known = true;
                        put(out, webui, value);
                    }
                }
            }
        }
        return known;
    }

    private static void put(SettingsBuilder out, String name, Object value) {
        if (name.equals("Model") && value instanceof Map<?, ?> model) {
            for (String key : List.of("model_name", "name")) {
                if (model.get(key) instanceof String text) {
                    out.put(name, text);
                    break;
                }
            }
            if (model.get("hash") instanceof String hash) {
                out.put("Model hash", hash);
            }
        } else {
            out.put(name, text(value));
        }
    }

    /** A prompt, or the texts of a list of weighted prompts. */
    private static String prompt(Object value) {
        if (value instanceof List<?> list && !list.isEmpty()) {
            return prompt(list.getFirst());
        }
        return value instanceof Map<?, ?> map && map.get("prompt") instanceof String text ? text : text(value);
    }

    private static String text(Object value) {
        return value instanceof String text ? text : MetadataJson.write(value);
    }

    /** InvokeAI's first form: the prompt in quotes and the options of its command line. */
    private static GenerationParameters dream(String text) {
        SettingsBuilder out = new SettingsBuilder();
        out.tool = "InvokeAI";
        int close = text.startsWith("\"") ? text.lastIndexOf('"') : -1;
        out.prompt = close > 0 ? text.substring(1, close) : text;
        Matcher option = DREAM_OPTION.matcher(close > 0 ? text.substring(close + 1) : "");
        while (option.find()) {
            String name = DREAM.get(option.group(1));
            if (name == null) {
                out.putExtra(option.group(1), option.group(2));
            } else {
                out.put(name, option.group(2));
            }
        }
        return out.build();
    }
}
