package dev.nextstep.workflow.template;

import dev.nextstep.data.DataException;
import dev.nextstep.data.yaml.YamlNode;
import dev.nextstep.workflow.batch.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a workflow from YAML; every mistake is told with its line. The form is described in {@code docs/workflows.md}. */
public final class TemplateReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final Pattern PARAMETER = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final int USUAL_LENGTH = 120;
    private static final int MOST_PICTURES = 1000;

    private final String source;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    private TemplateReader(String source) {
        this.source = source;
    }

    /**
     * Reads a workflow.
     *
     * @param file what messages call it
     * @throws DataException naming file and line of the first mistake
     */
    public static WorkflowTemplate read(String text, String file) {
        return new TemplateReader(text).workflow(YamlNode.parse(text, file));
    }

    private WorkflowTemplate workflow(YamlNode root) {
        var members =
                root.members(Set.of("name", "title", "description", "quality", "parameters", "variants", "pictures"));
        YamlNode.optional(members, "parameters")
                .ifPresent(node ->
                        node.anyMembers().forEach((name, body) -> parameters.put(name, parameter(name, body))));
        var variants = new ArrayList<Variant>();
        YamlNode.optional(members, "variants")
                .ifPresent(node -> node.elements().forEach(element -> variants.add(variant(element))));
        requireDistinct(root, "variants", variants.stream().map(Variant::name).toList());
        var list = root.required(members, "pictures");
        var pictures = list.elements().stream().map(this::picture).toList();
        if (pictures.isEmpty() || pictures.size() > MOST_PICTURES) {
            throw list.refused("has %d pictures, allowed are 1 to %d".formatted(pictures.size(), MOST_PICTURES));
        }
        requireDistinct(
                list, "pictures", pictures.stream().map(PictureTemplate::name).toList());
        return new WorkflowTemplate(
                name(root.required(members, "name")),
                words(root.required(members, "title")),
                YamlNode.optional(members, "description")
                        .map(YamlNode::text)
                        .orElse("")
                        .strip(),
                parameters,
                variants,
                YamlNode.optional(members, "quality").map(YamlNode::text),
                pictures,
                source);
    }

    private static void requireDistinct(YamlNode node, String what, List<String> names) {
        var seen = new HashSet<String>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw node.refused("two %s are called '%s'; give each a name of its own".formatted(what, name));
            }
        }
    }

    private static Parameter parameter(String name, YamlNode node) {
        if (!PARAMETER.matcher(name).matches()) {
            throw node.refused(
                    "a parameter's name is 1 to 40 lower-case letters, digits and _, not '%s'".formatted(name));
        }
        var members = node.members(Set.of("type", "title", "default", "max_length", "choices", "min", "max"));
        String type = YamlNode.optional(members, "type").map(YamlNode::text).orElse("text");
        var kind = node.checked(() -> kind(node, members, type));
        return node.checked(() -> new Parameter(
                name,
                kind,
                YamlNode.optional(members, "title").map(YamlNode::text).orElse(name),
                YamlNode.optional(members, "default").map(YamlNode::text)));
    }

    private static ParameterKind kind(YamlNode node, Map<String, YamlNode> members, String type) {
        var kind = switch (type) {
            case "text" ->
                new ParameterKind.Text(YamlNode.optional(members, "max_length")
                        .map(n -> n.whole(1, ParameterKind.LONGEST_TEXT))
                        .orElse(USUAL_LENGTH));
            case "choice" -> new ParameterKind.Choice(choices(node.required(members, "choices")));
            case "whole" ->
                new ParameterKind.Whole(
                        node.required(members, "min").whole(-1_000_000, 1_000_000),
                        node.required(members, "max").whole(-1_000_000, 1_000_000));
            default -> throw node.refused("type is '%s', allowed is text, choice, whole".formatted(type));
        };
        var fitting = switch (kind) {
            case ParameterKind.Text _ -> Set.of("max_length");
            case ParameterKind.Choice _ -> Set.of("choices");
            case ParameterKind.Whole _ -> Set.of("min", "max");
        };
        for (String key : List.of("max_length", "choices", "min", "max")) {
            if (members.containsKey(key) && !fitting.contains(key)) {
                throw node.refused("a parameter of type %s has no %s".formatted(type, key));
            }
        }
        return kind;
    }

    /** Names with their words, or names alone. */
    private static Map<String, String> choices(YamlNode node) {
        var choices = new LinkedHashMap<String, String>();
        if (node.isList()) {
            node.elements().forEach(element -> choices.put(element.text(), element.text()));
        } else {
            node.anyMembers().forEach((name, words) -> choices.put(name, words.text()));
        }
        return choices;
    }

    private static Variant variant(YamlNode node) {
        var members = node.members(Set.of("name", "title", "guidance", "steps", "quality"));
        String name = name(node.required(members, "name"));
        return new Variant(
                name,
                YamlNode.optional(members, "title").map(YamlNode::text).orElse(name),
                YamlNode.optional(members, "guidance")
                        .map(n -> OptionalDouble.of(n.number()))
                        .orElse(OptionalDouble.empty()),
                YamlNode.optional(members, "steps")
                        .map(n -> OptionalInt.of(n.whole(1, 10_000)))
                        .orElse(OptionalInt.empty()),
                YamlNode.optional(members, "quality").map(YamlNode::text));
    }

    private PictureTemplate picture(YamlNode node) {
        var members = node.members(Set.of("name", "title", "prompt", "short", "note", "aspect", "quality", "when"));
        var name = name(node.required(members, "name"));
        var prompt = words(node.required(members, "prompt"));
        if (prompt.text().isBlank()) {
            throw node.refused("the prompt is empty");
        }
        return new PictureTemplate(
                name,
                YamlNode.optional(members, "title").map(this::words).orElse(new Words(name)),
                prompt,
                YamlNode.optional(members, "short").map(this::words),
                YamlNode.optional(members, "note").map(this::words).orElse(new Words("")),
                YamlNode.optional(members, "aspect").map(n -> n.checked(() -> Shape.parse(n.text()))),
                YamlNode.optional(members, "quality").map(YamlNode::text),
                YamlNode.optional(members, "when").map(this::conditions).orElse(Map.of()));
    }

    private Map<String, String> conditions(YamlNode node) {
        var conditions = new LinkedHashMap<String, String>();
        node.members(parameters.keySet()).forEach((parameter, value) -> {
            var kind = Optional.ofNullable(parameters.get(parameter))
                    .map(Parameter::kind)
                    .orElseThrow();
            if (!(kind instanceof ParameterKind.Choice)) {
                throw value.refused("'%s' is no choice; a picture can depend on choices only".formatted(parameter));
            }
            conditions.put(parameter, value.checked(() -> kind.checked(value.text())));
        });
        return conditions;
    }

    private static String name(YamlNode node) {
        if (!NAME.matcher(node.text()).matches()) {
            throw node.refused(
                    "a name is 1 to 40 lower-case letters, digits and hyphens, not '%s'".formatted(node.text()));
        }
        return node.text();
    }

    private Words words(YamlNode node) {
        var words = new Words(node.text().strip().replaceAll("\\s*\\R\\s*", " "));
        for (String place : words.places()) {
            if (!parameters.containsKey(place)) {
                throw node.refused("{%s} is no parameter; there are %s"
                        .formatted(place, parameters.isEmpty() ? "none" : String.join(", ", parameters.keySet())));
            }
        }
        if (words.hasLoneBrace()) {
            throw node.refused("a brace stands alone; places are written {parameter}");
        }
        return words;
    }
}
