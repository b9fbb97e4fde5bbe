package dev.nextstep.image;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * ComfyUI's graph of nodes: the settings stand at a sampler and at the nodes that its inputs come from. Links may form loops
 * in a damaged file; every search visits a node once.
 */
final class ComfyGraph {
    private static final List<String> TEXTS =
            List.of("text", "text_g", "prompt", "positive", "clip_l", "t5xxl", "string", "value", "String", "text_l");
    private static final List<String> NUMBERS = List.of("value", "int", "float", "number", "Number", "Value", "seed");
    /** Order of widgets in the nodes of a saved workflow, which has no names for them. */
    private static final Map<String, List<String>> WIDGETS = Map.of(
            "KSampler", List.of("seed", "", "steps", "cfg", "sampler_name", "scheduler", "denoise"),
            "KSamplerAdvanced", List.of("", "noise_seed", "", "steps", "cfg", "sampler_name", "scheduler"),
            "CLIPTextEncode", List.of("text"),
            "EmptyLatentImage", List.of("width", "height", "batch_size"),
            "CheckpointLoaderSimple", List.of("ckpt_name"));

    private final Map<String, Node> nodes;

    private ComfyGraph(Map<String, Node> nodes) {
        this.nodes = nodes;
    }

    private record Node(String type, Map<?, ?> inputs) {}

    static Optional<GenerationParameters> settings(Map<String, Object> json) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        if (json.get("nodes") instanceof List<?> list && json.get("links") instanceof List<?> links) {
            workflow(list, links, nodes);
        } else {
            json.forEach((id, value) -> {
                if (value instanceof Map<?, ?> node
                        && node.get("class_type") instanceof String type
                        && node.get("inputs") instanceof Map<?, ?> inputs) {
                    nodes.put(id, new Node(type, inputs));
                }
            });
        }
        ComfyGraph graph = new ComfyGraph(nodes);
        return graph.sampler().map(graph::settings);
    }

    /** Brings a workflow as the editor saves it into the form that the server runs. */
    private static void workflow(List<?> list, List<?> links, Map<String, Node> nodes) {
        Map<String, List<String>> sources = new LinkedHashMap<>();
        for (Object value : links) {
            if (value instanceof List<?> link && link.size() >= 3) {
                sources.put(String.valueOf(link.get(0)), List.of(String.valueOf(link.get(1)), "0"));
            }
        }
        for (Object value : list) {
            if (value instanceof Map<?, ?> node && node.get("type") instanceof String type) {
                Map<String, Object> inputs = new LinkedHashMap<>();
                List<String> names = WIDGETS.getOrDefault(type, List.of());
                if (node.get("widgets_values") instanceof List<?> widgets) {
                    for (int i = 0; i < Math.min(names.size(), widgets.size()); i++) {
                        inputs.put(names.get(i), widgets.get(i));
                    }
                }
                if (node.get("inputs") instanceof List<?> slots) {
                    for (Object slot : slots) {
                        if (slot instanceof Map<?, ?> input && sources.containsKey(String.valueOf(input.get("link")))) {
                            inputs.put(
                                    String.valueOf(input.get("name")), sources.get(String.valueOf(input.get("link"))));
                        }
                    }
                }
                nodes.put(String.valueOf(node.get("id")), new Node(type, inputs));
            }
        }
    }

    /** The sampler that starts from an empty latent, or else the first. */
    private Optional<Node> sampler() {
        List<Node> samplers =
                nodes.values().stream().filter(ComfyGraph::samples).toList();
        return samplers.stream()
                .limit(32)
                .filter(s -> upstream(s, "latent_image").stream().noneMatch(ComfyGraph::samples))
                .findFirst()
                .or(() -> samplers.stream().findFirst());
    }

    private static boolean samples(Node node) {
        Map<?, ?> in = node.inputs();
        return (in.containsKey("positive") && in.containsKey("latent_image"))
                || (in.containsKey("guider") && in.containsKey("sigmas"))
                || (node.type().startsWith("KSampler") && in.containsKey("steps"));
    }

    private GenerationParameters settings(Node sampler) {
        SettingsBuilder out = new SettingsBuilder();
        out.tool = "ComfyUI";
        List<Node> all = upstream(sampler, "");
        out.prompt = text(prompts(sampler, "positive", all));
        out.negativePrompt = text(prompts(sampler, "negative", all));
        number(all, List.of("steps")).ifPresent(v -> out.put("Steps", v));
        first(all, List.of("sampler_name")).ifPresent(v -> out.put("Sampler", v));
        number(all, List.of("cfg", "guidance")).ifPresent(v -> out.put("CFG scale", v));
        number(all, List.of("seed", "noise_seed")).ifPresent(v -> out.put("Seed", v));
        List<Node> latent = upstream(sampler, "latent_image");
        number(latent, List.of("width")).ifPresent(v -> out.put("Width", v));
        number(latent, List.of("height")).ifPresent(v -> out.put("Height", v));
        first(all, List.of("ckpt_name", "unet_name", "model_name")).ifPresent(v -> out.put("Model", v));
        first(all, List.of("scheduler")).ifPresent(v -> out.putExtra("scheduler", v));
        number(all, List.of("denoise")).ifPresent(v -> out.putExtra("denoise", v));
        return out.build();
    }

    /** The nodes behind a prompt, also where a guider holds it and not the sampler. */
    private List<Node> prompts(Node sampler, String input, List<Node> all) {
        if (sampler.inputs().containsKey(input)) {
            return upstream(sampler, input);
        }
        for (Node node : all) {
            if (node.inputs().containsKey(input)) {
                return upstream(node, input);
            }
            if (input.equals("positive") && node.inputs().containsKey("conditioning")) {
                return upstream(node, "conditioning");
            }
        }
        return List.of();
    }

    private static String text(List<Node> nodes) {
        return first(nodes, TEXTS).orElse("");
    }

    private static Optional<String> first(List<Node> nodes, List<String> names) {
        for (Node node : nodes) {
            for (String name : names) {
                if (node.inputs().get(name) instanceof String text) {
                    return Optional.of(text);
                }
            }
        }
        return Optional.empty();
    }

    /** A number under one of the names, or at the node that such an input is linked to. */
    private Optional<String> number(List<Node> among, List<String> names) {
        for (Node node : among) {
            for (String name : names) {
                Object value = node.inputs().get(name);
                if (value instanceof MetadataJson.Literal number) {
                    return Optional.of(number.text());
                }
                Node source = source(value).map(nodes::get).orElse(null);
                if (source != null) {
                    for (String other : NUMBERS) {
                        if (source.inputs().get(other) instanceof MetadataJson.Literal number) {
                            return Optional.of(number.text());
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Nodes that an input comes from, the nearest first; with an empty name the node itself and all its inputs. */
    private List<Node> upstream(Node start, String input) {
        Set<String> seen = new HashSet<>();
        ArrayDeque<String> queue = new ArrayDeque<>();
        List<Node> out = new ArrayList<>();
        if (input.isEmpty()) {
            out.add(start);
            start.inputs().values().forEach(v -> source(v).filter(seen::add).ifPresent(queue::add));
        } else {
            source(start.inputs().get(input)).filter(seen::add).ifPresent(queue::add);
        }
        while (!queue.isEmpty()) {
            Node node = nodes.get(queue.remove());
            if (node != null) {
                out.add(node);
                node.inputs().values().forEach(v -> source(v).filter(seen::add).ifPresent(queue::add));
            }
        }
        return out;
    }

    /** A link is a list of the node's name and the number of its output. */
    private static Optional<String> source(@Nullable Object value) {
        return value instanceof List<?> link && link.size() == 2
                ? Optional.of(String.valueOf(link.getFirst()))
                : Optional.empty();
    }
}
