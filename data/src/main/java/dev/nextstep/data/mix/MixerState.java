package dev.nextstep.data.mix;

import dev.nextstep.data.DataException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a mixture is: enough to go on exactly there.
 *
 * @param step choices made so far
 * @param sources state of each data set, in the order of the mixture
 */
public record MixerState(long step, List<SourceState> sources) {
    /** The beginning. */
    public static final MixerState START = new MixerState(0, List.of());

    /** Copies the list. */
    public MixerState {
        sources = List.copyOf(sources);
    }

    /** As members of JSON. */
    public Map<String, Object> toJson() {
        var json = new LinkedHashMap<String, Object>();
        json.put("step", step);
        json.put("sources", sources.stream().map(SourceState::toJson).toList());
        return json;
    }

    /**
     * From members of JSON.
     *
     * @throws DataException if something is missing
     */
    public static MixerState fromJson(Map<?, ?> json) {
        if (json.get("step") instanceof Number step && json.get("sources") instanceof List<?> sources) {
            return new MixerState(
                    step.longValue(),
                    sources.stream().map(SourceState::fromJson).toList());
        }
        throw new DataException("the state of a mixture lacks step or sources");
    }
}
