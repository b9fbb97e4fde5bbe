package dev.nextstep.workflow.template;

import dev.nextstep.data.DataException;
import dev.nextstep.workflow.batch.BatchJob;
import dev.nextstep.workflow.batch.JobSeeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A workflow: what it asks for and which pictures it makes of that.
 *
 * @param name as on the command line
 * @param title for people, with placeholders
 * @param description one or two sentences
 * @param parameters by name, in order
 * @param variants in which every picture is drawn; empty: in one
 * @param preset a quality by name, for pictures and variants that say nothing
 * @param pictures at least one
 * @param source its text
 */
public record WorkflowTemplate(
        String name,
        Words title,
        String description,
        Map<String, Parameter> parameters,
        List<Variant> variants,
        Optional<String> preset,
        List<PictureTemplate> pictures,
        String source) {
    /** Template of the names of files: a picture is called what the workflow calls it. */
    public static final String NAMES = "{name}";

    private static final Variant ONLY =
            new Variant("", "", OptionalDouble.empty(), OptionalInt.empty(), Optional.empty());

    /** Copies the collections, keeping their order. */
    public WorkflowTemplate {
        parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        variants = List.copyOf(variants);
        pictures = List.copyOf(pictures);
    }

    /**
     * Fills it in.
     *
     * @param given values by name of parameter
     * @param flags what the command line says about all pictures: it goes behind what a picture or variant says
     * @param seed makes the seeds of the pictures; variants of one picture have the same
     * @param length which prompts are used
     * @throws DataException naming every parameter that is missing, unknown or not allowed
     */
    public FilledWorkflow fill(Map<String, String> given, BatchJob flags, long seed, PromptLength length) {
        var values = values(given);
        var filled = new ArrayList<FilledWorkflow.Item>();
        for (int i = 0; i < pictures.size(); i++) {
            var picture = pictures.get(i);
            if (!picture.only().entrySet().stream().allMatch(e -> e.getValue().equals(values.get(e.getKey())))) {
                continue;
            }
            for (var variant : variants.isEmpty() ? List.of(ONLY) : variants) {
                filled.add(item(
                        picture,
                        variant,
                        picture.prompt(length).with(values, this::inPrompt),
                        values,
                        flags,
                        JobSeeds.of(seed, i)));
            }
        }
        if (filled.isEmpty()) {
            throw new DataException("workflow %s has no picture for %s".formatted(name, values));
        }
        return new FilledWorkflow(this, shown(title, values), values, filled);
    }

    private FilledWorkflow.Item item(
            PictureTemplate picture,
            Variant variant,
            String prompt,
            Map<String, String> values,
            BatchJob flags,
            long seed) {
        String fileName = variant.name().isEmpty() ? picture.name() : picture.name() + "-" + variant.name();
        var own = new BatchJob(
                prompt,
                1,
                OptionalLong.of(seed),
                variant.preset().or(picture::preset),
                picture.shape().map(BatchJob.Area.Aspect::new),
                variant.steps(),
                variant.guidance(),
                Optional.empty(),
                Optional.of(fileName),
                List.of());
        var job = own.orElse(flags).orElse(BatchJob.ofPreset(preset));
        return new FilledWorkflow.Item(
                picture.name(), shown(picture.title(), values), shown(picture.note(), values), variant, job);
    }

    private String inPrompt(String place, String value) {
        var parameter = parameters.get(place);
        return parameter == null ? value : parameter.kind().inPrompt(value);
    }

    private static String shown(Words words, Map<String, String> values) {
        return words.with(values, (place, value) -> value);
    }

    private Map<String, String> values(Map<String, String> given) {
        var wrong = new ArrayList<String>();
        given.keySet().stream()
                .filter(key -> !parameters.containsKey(key))
                .forEach(key -> wrong.add("there is no parameter '%s'".formatted(key)));
        var values = new LinkedHashMap<String, String>();
        parameters.forEach((key, parameter) -> {
            String value = given.get(key);
            if (value == null && parameter.usual().isEmpty()) {
                wrong.add("%s is missing (%s)".formatted(key, parameter.kind().describe()));
            } else if (value == null) {
                values.put(key, parameter.usual().orElseThrow());
            } else {
                try {
                    values.put(key, parameter.kind().checked(value));
                } catch (IllegalArgumentException e) {
                    wrong.add("%s %s".formatted(key, e.getMessage()));
                }
            }
        });
        if (!wrong.isEmpty()) {
            throw new DataException("workflow %s: %s; it takes %s"
                    .formatted(name, String.join("; ", wrong), String.join(", ", parameters.keySet())));
        }
        return values;
    }
}
