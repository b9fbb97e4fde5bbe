package dev.nextstep.data.emoji;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What rendering brought.
 *
 * @param pictures pictures in the folder
 * @param rendered those made now; the others were there
 * @param failures {@code style/hexcode} of each drawing left out, to the reason
 * @param join what was joined before
 */
public record RenderReport(int pictures, int rendered, Map<String, String> failures, JoinReport join) {
    /** Copies the map. */
    public RenderReport {
        failures = Collections.unmodifiableMap(new TreeMap<>(failures));
    }
}
