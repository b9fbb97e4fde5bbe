package dev.nextstep.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A parameter of a request, described once: it is read from here, whether it comes in JSON or in a form, and the OpenAPI
 * document is made from here.
 *
 * @param <T> type of its value
 */
public final class Parameter<T> {
    private final String name;
    private final String description;
    private final ObjectNode schema;
    private final Function<JsonNode, Optional<T>> reader;
    private final String expected;

    private Parameter(
            String name,
            String description,
            ObjectNode schema,
            String expected,
            Function<JsonNode, Optional<T>> reader) {
        this.name = name;
        this.description = description;
        this.schema = schema.put("description", description);
        this.expected = expected;
        this.reader = reader;
    }

    /** A whole number. */
    public static Parameter<Integer> integer(String name, int least, int most, String description) {
        return ofLong(name, least, most, description).mapped(Math::toIntExact);
    }

    /** A whole number of 64 bits. */
    public static Parameter<Long> any64Bits(String name, String description) {
        return ofLong(name, Long.MIN_VALUE, Long.MAX_VALUE, description);
    }

    private static Parameter<Long> ofLong(String name, long least, long most, String description) {
        var schema = object("integer").put("minimum", least).put("maximum", most);
        if (least == Long.MIN_VALUE) {
            schema.put("format", "int64");
        }
        return new Parameter<>(
                name,
                description,
                schema,
                "a whole number from %d to %d".formatted(least, most),
                node -> Optional.of(node)
                        .filter(n -> n.isIntegralNumber() && n.canConvertToLong())
                        .map(JsonNode::longValue)
                        .filter(value -> value >= least && value <= most));
    }

    /** A number. */
    public static Parameter<Double> number(String name, double least, double most, String description) {
        return new Parameter<>(
                name,
                description,
                object("number").put("minimum", least).put("maximum", most),
                "a number from %s to %s".formatted(plain(least), plain(most)),
                node -> Optional.of(node)
                        .filter(JsonNode::isNumber)
                        .map(JsonNode::doubleValue)
                        .filter(value -> value >= least && value <= most));
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** A text. */
    public static Parameter<String> text(String name, int longest, String description) {
        return new Parameter<>(
                name,
                description,
                object("string").put("maxLength", longest),
                "a text of at most %d characters in valid Unicode".formatted(longest),
                node -> Optional.of(node)
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .filter(text -> text.codePointCount(0, text.length()) <= longest && isUnicode(text)));
    }

    private static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** A text, or several. */
    public static Parameter<List<String>> texts(String name, int most, int longest, String description) {
        var one = object("string").put("maxLength", longest);
        var several = object("array").put("minItems", 1).put("maxItems", most);
        several.set("items", one);
        var schema = JsonNodeFactory.instance.objectNode();
        schema.putArray("oneOf").add(one.deepCopy()).add(several);
        var single = text(name, longest, description);
        return new Parameter<>(
                name,
                description,
                schema,
                "a text of at most %d characters, or 1 to %d of them".formatted(longest, most),
                node -> {
                    if (!node.isArray()) {
                        return single.reader.apply(node).map(List::of);
                    }
                    var texts = new ArrayList<String>();
                    node.forEach(each -> single.reader.apply(each).ifPresent(texts::add));
                    return Optional.of(List.copyOf(texts))
                            .filter(all -> !all.isEmpty() && all.size() == node.size() && all.size() <= most);
                });
    }

    /** Texts and whole numbers by names that somebody else knows. */
    public static Parameter<Map<String, String>> values(String name, int longest, String description) {
        var schema = object("object");
        var value = schema.putObject("additionalProperties");
        value.putArray("oneOf").add(object("string").put("maxLength", longest)).add(object("integer"));
        var text = text(name, longest, description);
        return new Parameter<>(
                name,
                description,
                schema,
                "an object whose values are texts of at most %d characters, or whole numbers".formatted(longest),
                node -> {
                    if (!(node instanceof ObjectNode object)) {
                        return Optional.empty();
                    }
                    var values = new LinkedHashMap<String, String>();
                    object.forEachEntry((key, each) -> {
                        if (each.isIntegralNumber()) {
                            values.put(key, each.asString());
                        } else {
                            text.reader.apply(each).ifPresent(given -> values.put(key, given));
                        }
                    });
                    return values.size() == object.size() ? Optional.of(values) : Optional.empty();
                });
    }

    /** True or false. */
    public static Parameter<Boolean> flag(String name, String description) {
        return new Parameter<>(
                name,
                description,
                object("boolean"),
                "true or false",
                node -> node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty());
    }

    /** One of some words. */
    public static Parameter<String> choice(String name, List<String> choices, String description) {
        var schema = object("string");
        var array = schema.putArray("enum");
        choices.forEach(array::add);
        return new Parameter<>(
                name,
                description,
                schema,
                "one of " + String.join(", ", choices),
                node -> Optional.of(node)
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .filter(choices::contains));
    }

    /** A text of some form. */
    public static <T> Parameter<T> pattern(
            String name, String regex, String expected, Function<String, Optional<T>> parser, String description) {
        return new Parameter<>(
                name,
                description,
                object("string").put("pattern", "^(?:" + regex + ")$"),
                expected,
                node -> Optional.of(node)
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .filter(text -> text.matches(regex))
                        .flatMap(parser));
    }

    private <R> Parameter<R> mapped(Function<T, R> function) {
        return new Parameter<>(
                name, description, schema, expected, node -> reader.apply(node).map(function));
    }

    private static ObjectNode object(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** One or two sentences. */
    public String description() {
        return description;
    }

    /** Its JSON schema. */
    public ObjectNode schema() {
        return schema.deepCopy();
    }

    /**
     * The value.
     *
     * @throws ApiException if it is not what is expected
     */
    T read(JsonNode node) {
        return reader.apply(node).orElseThrow(() -> refused(node.toString()));
    }

    private ApiException refused(String given) {
        return ApiException.invalid(
                name, "invalid '%s': expected %s, got %s".formatted(name, expected, Texts.shown(given)));
    }

    /** A field of a form as JSON: whatever it can be read as, and is then expected to be. */
    T readText(String text) {
        var asText = StringNode.valueOf(text);
        var value = reader.apply(asText);
        if (value.isEmpty() && (text.equals("true") || text.equals("false"))) {
            value = reader.apply(BooleanNode.valueOf(text.equals("true")));
        }
        if (value.isEmpty() && text.matches("-?\\d{1,19}(\\.\\d{1,19})?([eE][-+]?\\d{1,3})?")) {
            value = reader.apply(Json.MAPPER.readTree(text.replaceFirst("^(-?)0+(?=\\d)", "$1")));
        }
        return value.orElseThrow(() -> refused(asText.toString()));
    }
}
