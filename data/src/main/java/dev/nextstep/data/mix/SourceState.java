package dev.nextstep.data.mix;

import dev.nextstep.data.DataException;
import dev.nextstep.data.shard.StreamState;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was drawn from one data set of a mixture.
 *
 * @param name of the data set
 * @param stream where its stream is
 * @param chosen how often the mixture chose it
 */
public record SourceState(String name, StreamState stream, long chosen) {
    Map<String, Object> toJson() {
        var json = new LinkedHashMap<String, Object>();
        json.put("name", name);
        json.put("chosen", chosen);
        json.put("stream", stream.toJson());
        return json;
    }

    static SourceState fromJson(Object json) {
        if (json instanceof Map<?, ?> map
                && map.get("name") instanceof String name
                && map.get("chosen") instanceof Number chosen
                && map.get("stream") instanceof Map<?, ?> stream) {
            return new SourceState(name, StreamState.fromJson(stream), chosen.longValue());
        }
        throw new DataException("the state of a mixture lacks name, chosen or stream of a data set");
    }
}
