package dev.nextstep.workflow.template;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One of several ways in which every picture of a workflow is drawn, to be compared side by side. Its numbers hold exactly as
 * they stand; a preset is scaled to the model.
 *
 * @param name part of file names
 * @param title for people
 * @param guidance guidance scale
 * @param steps of the sampler
 * @param preset a quality by name
 */
public record Variant(String name, String title, OptionalDouble guidance, OptionalInt steps, Optional<String> preset) {}
