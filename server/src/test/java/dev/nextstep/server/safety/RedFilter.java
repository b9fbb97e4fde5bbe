package dev.nextstep.server.safety;

import dev.nextstep.image.Pixels;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A filter that tests set; lets everything through otherwise. */
public final class RedFilter implements PictureFilter {
    private static volatile Set<Origin> refused = EnumSet.noneOf(Origin.class);
    private static volatile boolean isBroken;

    /** What is refused from now on. */
    static void refuse(Set<Origin> origins) {
        refused = origins;
    }

    /** Whether it fails from now on. */
    static void fail(boolean broken) {
        isBroken = broken;
    }

    @Override
    public Optional<String> refusal(Pixels picture, Origin origin) {
        if (isBroken) {
            throw new IllegalStateException("broken by a test");
        }
        return refused.contains(origin) ? Optional.of("too red") : Optional.empty();
    }
}
