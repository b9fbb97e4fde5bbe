package dev.nextstep.cli;

import java.nio.file.Path;

/** Where the model is that comes with the program: the launcher says where the program is. */
public final class DefaultModel {
    /** Set by the launcher to the folder it lies in. */
    static final String HOME_PROPERTY = "nextstep.home";

    private DefaultModel() {}

    /** Its folder. */
    public static Path directory() {
        return Path.of(System.getProperty(HOME_PROPERTY, "."), "models", "emoji");
    }
}
