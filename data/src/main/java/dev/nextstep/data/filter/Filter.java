package dev.nextstep.data.filter;

/** One step: keeps a sample or drops it. A step may remember what it saw, so samples come in the order of the data. */
public interface Filter {
    /** What settings and reports call it, such as {@code aspect_ratio}. */
    String name();

    /** The rule in words, with its thresholds, such as {@code longer side / shorter side at most 6}. */
    String rule();

    /**
     * Judges a sample.
     *
     * @throws dev.nextstep.image.PictureException if a picture is needed and cannot be decoded
     */
    Verdict judge(Candidate candidate);
}
