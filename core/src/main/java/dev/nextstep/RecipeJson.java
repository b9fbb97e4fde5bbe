package dev.nextstep;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.nextstep.engine.TokenNormalization;
import dev.nextstep.flow.FlowCps;
import dev.nextstep.flow.FlowSde;
import dev.nextstep.flow.Guidance.NormLimit;
import dev.nextstep.flow.GuidanceSchedule;
import dev.nextstep.flow.HeadType;
import dev.nextstep.flow.Sampler;
import dev.nextstep.prompt.Grid;
import dev.nextstep.tensor.Precision;
import dev.nextstep.transformer.KvType;
import dev.nextstep.transformer.RopeFrequencies;
import dev.nextstep.vae.CodeGeneration;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/** The exact form of a recipe. */
final class RecipeJson {
    /** Raised when a key changes its meaning; keys are never dropped. */
    private static final int FORMAT = 1;

    private static final int LONGEST = 4 << 20;

    // ASCII, so that no program on the way can damage a character.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNumberLength(64)
                    .build())
            .build();

    private RecipeJson() {}

    /** The level of the noisy samplers. */
    static OptionalDouble noiseLevel(Sampler sampler) {
        return switch (sampler) {
            case FlowSde sde -> OptionalDouble.of(sde.noiseLevel());
            case FlowCps cps -> OptionalDouble.of(cps.noiseLevel());
            default -> OptionalDouble.empty();
        };
    }

    static String id(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static String write(Recipe recipe) {
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(text)) {
            write(json, recipe);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Recipe recipe) throws IOException {
        var s = recipe.settings();
        json.writeStartObject();
        json.writeNumberField("format", FORMAT);
        json.writeStringField("task", recipe.task().id());
        json.writeStringField("prompt", recipe.prompt());
        json.writeStringField("positive_prompt", s.positivePrompt());
        json.writeStringField("negative_prompt", s.negativePrompt());
        json.writeStringField("model", recipe.model().id());
        if (recipe.model().weightsHash().isPresent()) {
            json.writeStringField("weights_sha256", recipe.model().weightsHash().get());
        }
        json.writeNumberField("width", s.width());
        json.writeNumberField("height", s.height());
        json.writeNumberField("seed", recipe.seed());
        json.writeNumberField("index", recipe.index());
        writeSampling(json, s);
        json.writeArrayFieldStart("sources");
        for (var source : recipe.sources()) {
            json.writeStartObject();
            json.writeStringField("sha256", source.sha256());
            json.writeNumberField("width", source.width());
            json.writeNumberField("height", source.height());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("precision", id(recipe.arithmetic().precision()));
        json.writeStringField("rope", id(recipe.arithmetic().ropeFrequencies()));
        json.writeStringField("latent_norm", id(recipe.arithmetic().generation()));
        // What is not said is what it was before there was a choice.
        if (recipe.arithmetic().cache() != KvType.FP32) {
            json.writeStringField("kv_cache", recipe.arithmetic().cache().id());
        }
        if (!recipe.arithmetic().engine().equals(Arithmetic.DEFAULT.engine())) {
            json.writeStringField("engine", recipe.arithmetic().engine());
        }
        if (recipe.arithmetic().head() != HeadType.STORED) {
            json.writeStringField("flow_head", recipe.arithmetic().head().id());
        }
        json.writeStringField("version", recipe.version());
        if (!recipe.rerolls().isEmpty()) {
            json.writeArrayFieldStart("rerolls");
            for (var reroll : recipe.rerolls()) {
                json.writeStartObject();
                json.writeNumberField("token", reroll.token());
                json.writeNumberField("seed", reroll.seed());
                if (reroll.settings().isPresent()) {
                    json.writeObjectFieldStart("settings");
                    writeSampling(json, reroll.settings().get());
                    json.writeEndObject();
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (recipe.kept().isPresent()) {
            write(json, recipe.kept().get());
        }
        json.writeEndObject();
    }

    // What may change within a picture.
    private static void writeSampling(JsonGenerator json, DrawingSettings s) throws IOException {
        json.writeStringField("sampler", s.sampler().id());
        var noise = noiseLevel(s.sampler());
        if (noise.isPresent()) {
            json.writeNumberField("noise_level", (float) noise.getAsDouble());
        }
        json.writeNumberField("steps", s.steps());
        if (!s.lateSteps().isNone()) {
            json.writeNumberField("late_steps", s.lateSteps().steps());
            json.writeNumberField("late_share", s.lateSteps().share());
        }
        json.writeNumberField("guidance_scale", s.guidanceScale());
        json.writeNumberField("image_guidance_scale", s.imageGuidanceScale());
        json.writeStringField("guidance_schedule", s.guidanceSchedule().id());
        if (s.guidanceEvery() != 1) {
            json.writeNumberField("guidance_every", s.guidanceEvery());
        }
        json.writeBooleanField("norm_limit", s.normLimit() == NormLimit.ON);
        json.writeNumberField("timestep_shift", s.timestepShift());
        json.writeBooleanField("use_norm", s.tokenNormalization() == TokenNormalization.ON);
    }

    private static void write(JsonGenerator json, Kept.Part kept) throws IOException {
        json.writeArrayFieldStart("kept");
        json.writeStartObject();
        json.writeStringField("sha256", kept.picture().sha256());
        json.writeNumberField("width", kept.picture().width());
        json.writeNumberField("height", kept.picture().height());
        if (kept.rows().isPresent()) {
            json.writeNumberField("rows", kept.rows().getAsInt());
        }
        if (kept.mask().isPresent()) {
            json.writeStringField("mask_sha256", kept.mask().get().sha256());
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    static Recipe read(String text) {
        if (text.length() > LONGEST) {
            throw damaged("it has %d characters, more than the %d allowed".formatted(text.length(), LONGEST));
        }
        var json = new Members(parse(text), "");
        long format = json.whole("format", 1, Integer.MAX_VALUE);
        if (format > FORMAT) {
            throw new RecipeException(
                    "the recipe has format %d, from a newer version of this program; this one (%s) reads format %d"
                            .formatted(format, NextStep.version(), FORMAT));
        }
        try {
            var recipe = recipe(json);
            json.requireEmpty();
            return recipe;
        } catch (IllegalArgumentException e) { // ranges that settings check themselves
            throw new RecipeException("the recipe is damaged: " + e.getMessage(), e);
        }
    }

    private static Recipe recipe(Members json) {
        var task = json.choice("task", Recipe.Task.values(), Recipe.Task::id);
        var prompt = json.text("prompt");
        var settings = sampling(
                json,
                (int) json.whole("width", 1, 1 << 20),
                (int) json.whole("height", 1, 1 << 20),
                json.text("positive_prompt"),
                json.text("negative_prompt"));
        var sources = new ArrayList<SourcePicture>();
        for (var source : json.objects("sources")) {
            sources.add(
                    new SourcePicture(source.text("sha256"), (int) source.whole("width", 1, Integer.MAX_VALUE), (int)
                            source.whole("height", 1, Integer.MAX_VALUE)));
            source.requireEmpty();
        }
        var hash = json.has("weights_sha256") ? Optional.of(json.text("weights_sha256")) : Optional.<String>empty();
        return new Recipe(
                task,
                prompt,
                settings,
                json.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                (int) json.whole("index", 0, Integer.MAX_VALUE),
                sources,
                new ModelIdentity(json.text("model"), hash),
                new Arithmetic(
                        json.choice("precision", Precision.values(), RecipeJson::id),
                        json.choice("rope", RopeFrequencies.values(), RecipeJson::id),
                        json.choice("latent_norm", CodeGeneration.values(), RecipeJson::id),
                        json.has("kv_cache") ? json.choice("kv_cache", KvType.values(), KvType::id) : KvType.FP32,
                        json.has("engine") ? json.text("engine") : Arithmetic.DEFAULT.engine(),
                        json.has("flow_head")
                                ? json.choice("flow_head", HeadType.values(), HeadType::id)
                                : HeadType.STORED),
                json.text("version"),
                rerolls(json, settings),
                kept(json));
    }

    private static DrawingSettings sampling(Members json, int width, int height, String positive, String negative) {
        var samplerName = json.text("sampler");
        var noise = json.has("noise_level") ? json.number("noise_level") : Sampler.DEFAULT_NOISE_LEVEL;
        return new DrawingSettings(
                width,
                height,
                Sampler.of(samplerName, noise),
                (int) json.whole("steps", 1, 10_000),
                json.number("guidance_scale"),
                json.number("image_guidance_scale"),
                json.choice("guidance_schedule", GuidanceSchedule.values(), GuidanceSchedule::id),
                json.flag("norm_limit") ? NormLimit.ON : NormLimit.OFF,
                json.number("timestep_shift"),
                json.flag("use_norm") ? TokenNormalization.ON : TokenNormalization.OFF,
                positive,
                negative,
                json.has("late_steps")
                        ? new LateSteps((int) json.whole("late_steps", 1, 10_000), json.number("late_share"))
                        : LateSteps.NONE,
                json.has("guidance_every") ? (int) json.whole("guidance_every", 1, 1000) : 1);
    }

    private static List<Reroll> rerolls(Members json, DrawingSettings whole) {
        var rerolls = new ArrayList<Reroll>();
        if (json.has("rerolls")) {
            for (var reroll : json.objects("rerolls")) {
                rerolls.add(new Reroll(
                        (int) reroll.whole("token", 0, Integer.MAX_VALUE),
                        reroll.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                        reroll.object("settings").map(own -> later(own, whole))));
                reroll.requireEmpty();
            }
        }
        return rerolls;
    }

    private static DrawingSettings later(Members json, DrawingSettings whole) {
        var settings = sampling(json, whole.width(), whole.height(), whole.positivePrompt(), whole.negativePrompt());
        json.requireEmpty();
        return settings;
    }

    private static Optional<Kept.Part> kept(Members json) {
        if (!json.has("kept")) {
            return Optional.empty();
        }
        var all = json.objects("kept");
        if (all.size() != 1) {
            throw damaged("key 'kept' has %d pictures, expected 1".formatted(all.size()));
        }
        var part = all.getFirst();
        var rows =
                part.has("rows") ? OptionalInt.of((int) part.whole("rows", 1, Grid.LONGEST_SIDE)) : OptionalInt.empty();
        int width = (int) part.whole("width", 1, Integer.MAX_VALUE);
        int height = (int) part.whole("height", 1, Integer.MAX_VALUE);
        var picture = new SourcePicture(part.text("sha256"), width, height);
        var mask = part.has("mask_sha256")
                ? Optional.of(new SourcePicture(part.text("mask_sha256"), width, height))
                : Optional.<SourcePicture>empty();
        part.requireEmpty();
        return Optional.of(new Kept.Part(picture, rows, mask));
    }

    private static RecipeException damaged(String why) {
        return new RecipeException("the recipe is damaged: " + why);
    }

    /** A foreign text made fit for a one-line message. */
    private static String quote(Object value) {
        var text = String.valueOf(value);
        var line = new StringBuilder("'");
        text.codePoints()
                .limit(60)
                .forEach(c ->
                        line.appendCodePoint(Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? 0xFFFD : c));
        return line + (text.codePointCount(0, text.length()) > 60 ? "…'" : "'");
    }

    private static Map<String, Object> parse(String text) {
        try (var parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw damaged("it is not a JSON object");
            }
            var object = object(parser);
            if (parser.nextToken() != null) {
                throw damaged("there is more after the JSON object");
            }
            return object;
        } catch (IOException e) {
            var reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new RecipeException("the recipe is damaged: it is not valid JSON: " + quote(reason), e);
        }
    }

    /** A number as it is written; kept apart from texts. */
    private record Numeral(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    // Depth is bounded by the parser.
    private static Map<String, Object> object(JsonParser parser) throws IOException {
        var members = new HashMap<String, Object>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            members.put(key, value(parser, parser.nextToken()));
        }
        return members;
    }

    private static Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                var list = new ArrayList<>();
                for (var next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    list.add(value(parser, next));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> new Numeral(parser.getText());
        };
    }

    /** Members of an object; what is taken is taken out, so that what nobody knows remains. */
    private record Members(Map<String, Object> values, String path) {
        boolean has(String key) {
            return values.containsKey(key);
        }

        private Object take(String key) {
            var value = values.remove(key);
            if (value == null) {
                throw damaged("key '%s%s' is missing".formatted(path, key));
            }
            return value;
        }

        private RecipeException wrong(String key, Object value, String expected) {
            return damaged("key '%s%s' is %s, expected %s".formatted(path, key, quote(value), expected));
        }

        String text(String key) {
            var value = take(key);
            if (value instanceof String text) {
                return text;
            }
            throw wrong(key, value, "a text");
        }

        boolean flag(String key) {
            var value = take(key);
            if (value instanceof Boolean flag) {
                return flag;
            }
            throw wrong(key, value, "true or false");
        }

        long whole(String key, long from, long to) {
            var value = take(key);
            var expected = "a whole number from %d to %d".formatted(from, to);
            if (!(value instanceof Numeral number)) {
                throw wrong(key, value, expected);
            }
            // The parser has seen to it that numbers are numbers; they can still have a fraction or too many digits.
            if (number.text().matches("-?[0-9]{1,19}")) {
                var whole = new BigInteger(number.text());
                if (whole.compareTo(BigInteger.valueOf(from)) >= 0 && whole.compareTo(BigInteger.valueOf(to)) <= 0) {
                    return whole.longValueExact();
                }
            }
            throw wrong(key, value, expected);
        }

        float number(String key) {
            var value = take(key);
            if (value instanceof Numeral number && number.text().matches("-?[0-9][0-9.eE+-]*")) {
                return Float.parseFloat(number.text());
            }
            throw wrong(key, value, "a number");
        }

        <E> E choice(String key, E[] choices, Function<E, String> name) {
            var value = take(key);
            var names = new ArrayList<String>();
            for (var choice : choices) {
                if (name.apply(choice).equals(value)) {
                    return choice;
                }
                names.add(name.apply(choice));
            }
            throw wrong(key, value, "one of " + String.join(", ", names));
        }

        @SuppressWarnings("unchecked") // only object() makes these maps
        Optional<Members> object(String key) {
            if (!has(key)) {
                return Optional.empty();
            }
            var value = take(key);
            if (!(value instanceof Map<?, ?> map)) {
                throw wrong(key, value, "an object");
            }
            return Optional.of(new Members((Map<String, Object>) map, path + key + "."));
        }

        @SuppressWarnings("unchecked") // only object() makes these maps
        List<Members> objects(String key) {
            var value = take(key);
            if (!(value instanceof List<?> list)) {
                throw wrong(key, value, "an array");
            }
            var objects = new ArrayList<Members>();
            for (var element : list) {
                if (!(element instanceof Map<?, ?> map)) {
                    throw wrong(key, element, "an object");
                }
                objects.add(new Members((Map<String, Object>) map, path + key + "."));
            }
            return objects;
        }

        void requireEmpty() {
            if (!values.isEmpty()) {
                var names = values.keySet().stream().sorted().toList();
                throw damaged("key %s is unknown".formatted(quote(path + names.getFirst())));
            }
        }
    }
}
