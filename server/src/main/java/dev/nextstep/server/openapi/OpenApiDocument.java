package dev.nextstep.server.openapi;

import dev.nextstep.server.config.KeyPolicy;
import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.Json;
import dev.nextstep.server.http.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Writes the document: for each route that the server has, what {@link Operations} says of it. */
final class OpenApiDocument {
    private static final Pattern IN_PATH = Pattern.compile("\\{(\\w+)}");
    private static final String ERROR = "Error";

    private final Schemas schemas = new Schemas();
    private final Map<Route, Operation> operations;
    private final KeyPolicy keys;

    OpenApiDocument(Map<Route, Operation> operations, KeyPolicy keys) {
        this.operations = operations;
        this.keys = keys;
    }

    /**
     * The document.
     *
     * @param routes all that are answered
     * @param open those that need no key
     * @param limits what the server says about itself
     * @throws IllegalStateException if something is said of a route that is not there
     */
    ObjectNode of(Set<Route> routes, Set<Route> open, String limits) {
        if (!routes.containsAll(operations.keySet())) {
            throw new IllegalStateException("not all of %s are among %s".formatted(operations.keySet(), routes));
        }
        var document = Json.MAPPER.createObjectNode().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "nextstep4j server")
                .put("version", "1")
                .put("description", limits)
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", "/");
        var paths = document.putObject("paths");
        for (var route : new TreeSet<>(routes)) {
            var path = paths.withObjectProperty(route.path());
            path.set(route.method().toLowerCase(Locale.ROOT), operation(route, open.contains(route)));
        }
        var components = document.putObject("components");
        schemas.components().set(ERROR, error());
        components.set("schemas", schemas.components());
        components
                .putObject("securitySchemes")
                .putObject("key")
                .put("type", "http")
                .put("scheme", "bearer");
        return document;
    }

    private ObjectNode operation(Route route, boolean isOpen) {
        var json = Json.MAPPER.createObjectNode();
        var operation = operations.get(route);
        json.put("operationId", id(route));
        json.put("summary", operation == null ? route.method() + " " + route.path() : operation.summary());
        var security = json.putArray("security");
        if (!isOpen && keys == KeyPolicy.REQUIRED) {
            security.addObject().putArray("key");
        }
        parameters(route, operation, json);
        var responses = json.putObject("responses");
        if (operation == null) {
            responses.putObject("200").put("description", "Done.");
        } else {
            body(operation, json);
            answer(operation, responses);
        }
        var failed = responses.putObject("default").put("description", "What went wrong.");
        failed.putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/" + ERROR);
        return json;
    }

    private static String id(Route route) {
        var words = route.path().replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^_|_$", "");
        return route.method().toLowerCase(Locale.ROOT) + "_" + words;
    }

    private static void parameters(
            Route route, @org.jspecify.annotations.Nullable Operation operation, ObjectNode json) {
        var all = json.putArray("parameters");
        IN_PATH.matcher(route.path()).results().forEach(found -> {
            var name = found.group(1);
            var schema = all.addObject()
                    .put("name", name)
                    .put("in", "path")
                    .put("required", true)
                    .putObject("schema");
            if (name.equals("number")) {
                schema.put("type", "integer").put("minimum", 0);
            } else {
                schema.put("type", "string").put("minLength", 1);
            }
        });
        if (operation == null) {
            return;
        }
        for (var parameter : operation.query()) {
            all.addObject()
                    .put("name", parameter.name())
                    .put("in", "query")
                    .put("description", parameter.description())
                    .set("schema", parameter.schema());
        }
        operation
                .headers()
                .forEach((name, description) -> all.addObject()
                        .put("name", name)
                        .put("in", "header")
                        .put("description", description)
                        .putObject("schema")
                        .put("type", "string")
                        .put("pattern", name.equals("Last-Event-ID") ? "^[0-9]{1,18}$" : "^[\\x21-\\x7E]{1,255}$"));
    }

    private static void body(Operation operation, ObjectNode json) {
        if (operation.json().isEmpty()
                && operation.form().isEmpty()
                && operation.texts().isEmpty()) {
            return;
        }
        var body = json.putObject("requestBody").put("required", true).putObject("content");
        if (!operation.json().isEmpty()) {
            body.putObject("application/json").set("schema", object(operation, operation.json()));
        }
        for (var mediaType : operation.texts()) {
            var media = body.putObject(mediaType);
            media.set("schema", mediaType.equals("application/json") ? prompts() : text());
        }
        if (!operation.form().isEmpty()) {
            var schema = object(operation, operation.form());
            var properties = (ObjectNode) schema.get("properties");
            properties.forEachEntry((name, property) -> { // a field of a form is one text
                if (property.has("oneOf")) {
                    ((ObjectNode) property)
                            .setAll((ObjectNode) property.path("oneOf").get(0))
                            .remove("oneOf");
                }
            });
            var image = properties.putObject("image").put("type", "array").put("minItems", 1);
            image.putObject("items").put("type", "string").put("contentMediaType", "application/octet-stream");
            image.put("description", "Source pictures, also under the name 'image[]': PNG, JPEG or WebP.");
            properties
                    .putObject("mask")
                    .put("type", "string")
                    .put("contentMediaType", "application/octet-stream")
                    .put(
                            "description",
                            "Where something new is drawn: transparent, or light if it has no transparency.");
            body.putObject("multipart/form-data").set("schema", schema);
        }
    }

    private static ObjectNode text() {
        return Json.MAPPER.createObjectNode().put("type", "string");
    }

    /** A list of prompts; docs/workflows.md says what an element may have. */
    private static ObjectNode prompts() {
        var schema = Json.MAPPER.createObjectNode().put("type", "object").put("additionalProperties", false);
        schema.putArray("required").add("prompts");
        var properties = schema.putObject("properties");
        var prompts = properties.putObject("prompts").put("type", "array").put("minItems", 1);
        prompts.put("description", "Prompts: texts, or objects with a prompt and settings of its own.");
        prompts.putObject("items")
                .putArray("oneOf")
                .add(text())
                .add(Json.MAPPER.createObjectNode().put("type", "object"));
        properties
                .putObject("settings")
                .put("type", "object")
                .put("description", "Settings of prompts that do not say otherwise.");
        return schema;
    }

    private static ObjectNode object(Operation operation, List<Parameter<?>> parameters) {
        var schema = Json.MAPPER.createObjectNode().put("type", "object").put("additionalProperties", false);
        var properties = schema.putObject("properties");
        var required = schema.putArray("required");
        for (var parameter : parameters) {
            properties.set(parameter.name(), parameter.schema());
        }
        operation.required().stream()
                .filter(name -> properties.has(name) || parameters.equals(operation.form()))
                .forEach(required::add);
        return schema;
    }

    private void answer(Operation operation, ObjectNode responses) {
        var good = responses.putObject(Integer.toString(operation.status())).put("description", "Done.");
        var content = good.putObject("content");
        operation.answers().forEach((mediaType, type) -> {
            var media = content.putObject(mediaType);
            type.ifPresent(record -> media.set("schema", schemas.reference(record)));
        });
    }

    private static ObjectNode error() {
        var schema = Json.MAPPER.createObjectNode().put("type", "object");
        schema.putArray("required").add("error");
        var error = schema.putObject("properties").putObject("error").put("type", "object");
        error.putArray("required").add("message").add("type").add("param").add("code");
        var properties = error.putObject("properties");
        properties.putObject("message").put("type", "string").put("description", "What is wrong, what would do.");
        properties.putObject("type").put("type", "string").put("description", "The broad kind.");
        properties.putObject("param").putArray("type").add("string").add("null");
        var codes = properties.putObject("code").put("type", "string").putArray("enum");
        Arrays.stream(ApiError.Kind.values())
                .map(ApiError.Kind::code)
                .distinct()
                .forEach(codes::add);
        return schema;
    }
}
