package dev.nextstep.workflow.template;

import java.util.Optional;

/**
 * Something that a workflow asks for.
 *
 * @param name as in {@code name=value}
 * @param kind what values it takes
 * @param title for people
 * @param usual value if none is given; empty if one must be
 */
public record Parameter(String name, ParameterKind kind, String title, Optional<String> usual) {
    /** Checks that the usual value is allowed. */
    public Parameter {
        usual = usual.map(value -> {
            try {
                return kind.checked(value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("default " + e.getMessage(), e);
            }
        });
    }
}
