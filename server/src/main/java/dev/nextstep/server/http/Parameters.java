package dev.nextstep.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of a request, each of them known and checked. */
public final class Parameters {
    private final Map<Parameter<?>, Object> values;

    private Parameters(Map<Parameter<?>, Object> values) {
        this.values = values;
    }

    /**
     * Reads a JSON object; null counts as not given.
     *
     * @throws ApiException if a parameter is not among the known ones, or its value cannot be used
     */
    public static Parameters ofJson(ObjectNode object, List<Parameter<?>> known) {
        var values = new HashMap<Parameter<?>, Object>();
        object.forEachEntry((name, node) -> {
            var parameter = find(name, known);
            if (!node.isNull()) {
                values.put(parameter, parameter.read(node));
            }
        });
        return new Parameters(values);
    }

    /**
     * Reads the fields of a form.
     *
     * @throws ApiException as {@link #ofJson}
     */
    public static Parameters ofForm(Map<String, String> fields, List<Parameter<?>> known) {
        var values = new HashMap<Parameter<?>, Object>();
        fields.forEach((name, text) -> {
            var parameter = find(name, known);
            values.put(parameter, parameter.readText(text));
        });
        return new Parameters(values);
    }

    /** The parameters in the address of a request; of several with one name the first. */
    public static Map<String, String> query(HttpServletRequest request) {
        var fields = new TreeMap<String, String>();
        request.getParameterMap().forEach((name, values) -> fields.put(name, values[0]));
        return fields;
    }

    private static Parameter<?> find(String name, List<Parameter<?>> known) {
        return known.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiException.about(
                        ApiError.Kind.UNKNOWN_PARAMETER,
                        Texts.shown(name),
                        "unknown or unsupported parameter '%s'; there are %s"
                                .formatted(
                                        Texts.shown(name),
                                        String.join(
                                                ", ",
                                                known.stream()
                                                        .map(Parameter::name)
                                                        .toList()))));
    }

    /** The value of a parameter, if it is given. */
    @SuppressWarnings("unchecked") // a parameter reads values of its own type
    public <T> Optional<T> get(Parameter<T> parameter) {
        return Optional.ofNullable((T) values.get(parameter));
    }

    /**
     * The value of a parameter that has to be given.
     *
     * @throws ApiException if it is not
     */
    public <T> T require(Parameter<T> parameter) {
        return get(parameter)
                .orElseThrow(() -> ApiException.about(
                        ApiError.Kind.MISSING_PARAMETER,
                        parameter.name(),
                        "'%s' is missing".formatted(parameter.name())));
    }
}
