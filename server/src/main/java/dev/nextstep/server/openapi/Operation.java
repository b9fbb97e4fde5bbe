package dev.nextstep.server.openapi;

import dev.nextstep.server.http.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be said of a route beyond what its method shows.
 *
 * @param route which
 * @param summary one line
 * @param query parameters in the address
 * @param headers of the request, with what they mean
 * @param json parameters of a body of JSON; empty if it takes none
 * @param form parameters of a form with pictures; empty if it takes none
 * @param texts media types of other bodies, which are texts
 * @param required names of parameters that have to be given, in either body
 * @param status of a good answer
 * @param answers media types of a good answer, with the record that it is made from, if it is
 */
public record Operation(
        Route route,
        String summary,
        List<Parameter<?>> query,
        Map<String, String> headers,
        List<Parameter<?>> json,
        List<Parameter<?>> form,
        List<String> texts,
        List<String> required,
        int status,
        Map<String, Optional<Class<?>>> answers) {

    private static final String JSON = "application/json";

    /** A route that answers with a record, as JSON. */
    static Operation of(String method, String path, String summary, Class<?> answer) {
        return new Operation(
                new Route(method, path),
                summary,
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                200,
                Map.of(JSON, Optional.of(answer)));
    }

    /** A route that answers with something else. */
    static Operation of(String method, String path, String summary, List<String> mediaTypes) {
        var answers = new LinkedHashMap<String, Optional<Class<?>>>();
        mediaTypes.forEach(type -> answers.put(type, Optional.empty()));
        return new Operation(
                new Route(method, path),
                summary,
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                200,
                answers);
    }

    /** With parameters in the address. */
    Operation query(List<Parameter<?>> parameters) {
        return new Operation(route, summary, parameters, headers, json, form, texts, required, status, answers);
    }

    /** With a header. */
    Operation header(String name, String description) {
        var all = new LinkedHashMap<>(headers);
        all.put(name, description);
        return new Operation(route, summary, query, all, json, form, texts, required, status, answers);
    }

    /** With a body of JSON. */
    Operation json(List<Parameter<?>> parameters, String... names) {
        return new Operation(
                route, summary, query, headers, parameters, form, texts, joined(required, names), status, answers);
    }

    /** With a form. */
    Operation form(List<Parameter<?>> parameters, String... names) {
        return new Operation(
                route, summary, query, headers, json, parameters, texts, joined(required, names), status, answers);
    }

    /** With a body of text in one of some media types. */
    Operation texts(Collection<String> mediaTypes) {
        return new Operation(
                route, summary, query, headers, json, form, List.copyOf(mediaTypes), required, status, answers);
    }

    private static List<String> joined(List<String> some, String... others) {
        var all = new ArrayList<>(some);
        for (var name : others) {
            if (!all.contains(name)) {
                all.add(name);
            }
        }
        return List.copyOf(all);
    }

    /** With another status of a good answer. */
    Operation status(int other) {
        return new Operation(route, summary, query, headers, json, form, texts, required, other, answers);
    }

    /** With server-sent events instead, if they are asked for. */
    Operation orEvents() {
        var all = new LinkedHashMap<>(answers);
        all.put("text/event-stream", Optional.empty());
        return new Operation(route, summary, query, headers, json, form, texts, required, status, all);
    }
}
