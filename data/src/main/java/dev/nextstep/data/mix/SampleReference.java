package dev.nextstep.data.mix;

import dev.nextstep.data.DataException;
import java.util.List;

/**
 * A sample that was drawn: enough to read and to prepare it again, alike.
 *
 * @param source number of the data set in the mixture
 * @param index number of the sample in the data set
 * @param draw how many samples were drawn from this source before, by this process; the key of its random choices
 */
public record SampleReference(int source, long index, long draw) {
    List<Long> toJson() {
        return List.of((long) source, index, draw);
    }

    static SampleReference fromJson(Object json) {
        if (json instanceof List<?> list
                && list.size() == 3
                && list.get(0) instanceof Number source
                && list.get(1) instanceof Number index
                && list.get(2) instanceof Number draw) {
            return new SampleReference(source.intValue(), index.longValue(), draw.longValue());
        }
        throw new DataException("a drawn sample is [source, index, draw] in a state, not " + json);
    }
}
