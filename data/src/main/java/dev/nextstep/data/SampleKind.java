package dev.nextstep.data;

/** The four kinds of training samples (spec §8.2, §8.7; paper §3.3 and Table 1 for their shares). */
public enum SampleKind {
    /** Text alone. */
    TEXT("nlp"),
    /** One picture and its caption; the caption holds no picture tags. */
    IMAGE_TEXT("image_text_pair"),
    /** One or more source pictures, an instruction and the target picture, which is the last one. */
    EDIT("image_editing"),
    /** Text and pictures in any order. */
    INTERLEAVED("interleave");

    private final String id;

    SampleKind(String id) {
        this.id = id;
    }

    /** Returns the name that the official data sets and configurations use. */
    public String id() {
        return id;
    }

    /**
     * Returns the kind of this official name.
     *
     * @throws IllegalArgumentException if there is no such kind; the message lists them
     */
    public static SampleKind of(String id) {
        for (var kind : values()) {
            if (kind.id.equals(id)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "unknown kind of sample '" + id + "'; known are nlp, image_text_pair, image_editing, interleave");
    }
}
