package dev.nextstep.cli.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be measured alone. */
public enum Section {
    /** Matrix products by type of weights and number of rows, against the limits of the machine. */
    KERNELS,
    /** One picture, stage by stage, and decoding: the form of Table 9 of the paper. */
    STAGES,
    /** Pictures a second by number of pictures drawn together. */
    BATCHES;

    /** The name on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The section of that name. */
    public static Optional<Section> named(String id) {
        return Arrays.stream(values()).filter(s -> s.id().equals(id)).findFirst();
    }

    /** All names, in order. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Section::id).toList();
    }
}
