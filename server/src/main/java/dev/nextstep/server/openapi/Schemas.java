package dev.nextstep.server.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nextstep.server.http.Doc;
import dev.nextstep.server.http.Json;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/** JSON schemas of the records that answers are made from. What may be missing is {@code Optional} in the record. */
final class Schemas {
    private static final Map<Type, String> PLAIN = Map.ofEntries(
            Map.entry(String.class, "string"),
            Map.entry(byte[].class, "string"),
            Map.entry(int.class, "integer"),
            Map.entry(Integer.class, "integer"),
            Map.entry(long.class, "integer"),
            Map.entry(Long.class, "integer"),
            Map.entry(OptionalInt.class, "integer"),
            Map.entry(OptionalLong.class, "integer"),
            Map.entry(float.class, "number"),
            Map.entry(Float.class, "number"),
            Map.entry(double.class, "number"),
            Map.entry(Double.class, "number"),
            Map.entry(OptionalDouble.class, "number"),
            Map.entry(boolean.class, "boolean"),
            Map.entry(Boolean.class, "boolean"));

    private final ObjectNode components = Json.MAPPER.createObjectNode();

    /** All that were asked for, and those that they need, by name. */
    ObjectNode components() {
        return components;
    }

    /** Where the schema of a record is. */
    ObjectNode reference(Class<?> record) {
        var name = record.getSimpleName().replaceFirst("View$", "");
        if (!components.has(name)) {
            components.set(name, Json.MAPPER.createObjectNode()); // it may need itself
            components.set(name, ofRecord(record));
        }
        return Json.MAPPER.createObjectNode().put("$ref", "#/components/schemas/" + name);
    }

    private ObjectNode ofRecord(Class<?> record) {
        var schema = Json.MAPPER.createObjectNode().put("type", "object");
        var properties = schema.putObject("properties");
        var required = schema.putArray("required");
        for (var component : record.getRecordComponents()) {
            var property = of(component.getGenericType());
            var doc = component.getAnnotation(Doc.class);
            if (doc != null) {
                property.put("description", doc.value());
            }
            var name = name(component);
            properties.set(name, property);
            if (!component.getType().getSimpleName().startsWith("Optional")) {
                required.add(name);
            }
        }
        return schema;
    }

    private static String name(RecordComponent component) {
        var own = component.getAccessor().getAnnotation(JsonProperty.class);
        return own == null || own.value().isEmpty() ? snakeCase(component.getName()) : own.value();
    }

    private static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private ObjectNode of(Type type) {
        var schema = Json.MAPPER.createObjectNode();
        if (PLAIN.containsKey(type)) {
            schema.put("type", PLAIN.get(type));
            if (type == byte[].class) {
                schema.put("contentEncoding", "base64");
            }
            return schema;
        }
        return switch (type) {
            case ParameterizedType parameterized
            when parameterized.getRawType() == Optional.class ->
                of(parameterized.getActualTypeArguments()[0]);
            case ParameterizedType parameterized
            when parameterized.getRawType() == List.class -> {
                schema.put("type", "array").set("items", of(parameterized.getActualTypeArguments()[0]));
                yield schema;
            }
            case Class<?> record when record.isRecord() -> reference(record);
            default -> throw new IllegalStateException("no schema for " + type);
        };
    }
}
