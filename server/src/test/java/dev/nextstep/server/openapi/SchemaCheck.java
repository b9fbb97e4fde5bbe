package dev.nextstep.server.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Compares JSON with the schemas of the document: types, what has to be there, and that nothing is there that it does not name. */
final class SchemaCheck {
    private final JsonNode document;

    SchemaCheck(JsonNode document) {
        this.document = document;
    }

    /** What does not fit, each with its place; empty if all does. */
    List<String> problems(JsonNode value, JsonNode schema) {
        var problems = new ArrayList<String>();
        check("$", value, schema, problems);
        return problems;
    }

    private void check(String place, JsonNode value, JsonNode given, List<String> problems) {
        var schema =
                given.has("$ref") ? document.at(given.path("$ref").asString().substring(1)) : given;
        if (schema.isMissingNode()) {
            problems.add(place + ": the schema is not there: " + given);
            return;
        }
        var types = new ArrayList<String>();
        schema.path("type").forEach(type -> types.add(type.asString()));
        if (types.isEmpty()) {
            types.add(schema.path("type").asString());
        }
        if (types.stream().noneMatch(type -> is(type, value))) {
            problems.add("%s: is no %s: %s".formatted(place, types, value));
            return;
        }
        if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
            problems.add("%s: %s is none of %s".formatted(place, value, schema.path("enum")));
        }
        if (value.isObject()) {
            schema.path("required").forEach(name -> {
                if (!value.has(name.asString())) {
                    problems.add(place + ": has no " + name.asString());
                }
            });
            value.forEachEntry((name, child) -> {
                var property = schema.path("properties").path(name);
                if (property.isMissingNode()) {
                    problems.add("%s: the document does not know '%s'".formatted(place, name));
                } else {
                    check(place + "." + name, child, property, problems);
                }
            });
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check("%s[%d]".formatted(place, i), value.get(i), schema.path("items"), problems);
            }
        }
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new AssertionError("no type: " + type);
        };
    }
}
