package dev.nextstep.flow;

/** How a guidance scale changes along a picture of L tokens, n of which are made (spec §6.6). */
public enum GuidanceSchedule {
    /** The same for every token. */
    CONSTANT("constant"),
    /** 1 + (scale − 1)·(L − n)/L: the “linear” of the first release, from the full scale towards 1. */
    LINEAR_DECREASING("linear-decreasing"),
    /** max(scale/2, 1 + (scale − 1)·n/L): the “linear” of the February 2026 code. */
    LINEAR_INCREASING("linear-increasing");

    private final String id;

    GuidanceSchedule(String id) {
        this.id = id;
    }

    /** Short name, as on the command line. */
    public String id() {
        return id;
    }

    /** The scale for the next token when {@code made} of {@code total} are made. */
    public float at(float scale, int made, int total) {
        return switch (this) {
            case CONSTANT -> scale;
            case LINEAR_DECREASING -> (float) (1 + (scale - 1.0) * (total - made) / total);
            case LINEAR_INCREASING -> (float) Math.max(scale / 2.0, 1 + (scale - 1.0) * made / total);
        };
    }
}
