package dev.nextstep.data.mix;

import dev.nextstep.data.DataException;
import dev.nextstep.data.pack.PackerState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a {@link RowLoader} is: enough to go on exactly there.
 *
 * @param mixer where the mixture is
 * @param packers what is drawn and not yet given out, of each packer; empty at the beginning
 * @param unusable samples passed over so far, of each source
 */
public record LoaderState(MixerState mixer, List<PackerState<SampleReference>> packers, List<Long> unusable) {
    /** Copies the lists. */
    public LoaderState {
        packers = List.copyOf(packers);
        unusable = List.copyOf(unusable);
    }

    /** As members of JSON. */
    public Map<String, Object> toJson() {
        var json = new LinkedHashMap<String, Object>();
        json.put("mixer", mixer.toJson());
        json.put("packers", packers.stream().map(LoaderState::packerJson).toList());
        json.put("unusable", unusable);
        return json;
    }

    private static Map<String, Object> packerJson(PackerState<SampleReference> state) {
        var json = new LinkedHashMap<String, Object>();
        json.put("pools", state.pools());
        json.put("refused", state.refused());
        json.put("consumed", state.consumed());
        json.put(
                "waiting", state.waiting().stream().map(SampleReference::toJson).toList());
        var ready = new ArrayList<Object>();
        for (var row : state.ready()) {
            var parts = new ArrayList<Object>();
            for (var part : row.parts()) {
                parts.add(List.of(part.owner().toJson(), part.from(), part.to()));
            }
            ready.add(List.of(row.length(), parts));
        }
        json.put("ready", ready);
        return json;
    }

    /**
     * From members of JSON.
     *
     * @throws DataException if something is missing
     */
    public static LoaderState fromJson(Map<?, ?> json) {
        if (json.get("mixer") instanceof Map<?, ?> mixer
                && json.get("packers") instanceof List<?> packers
                && json.get("unusable") instanceof List<?> unusable) {
            return new LoaderState(
                    MixerState.fromJson(mixer),
                    packers.stream().map(LoaderState::packer).toList(),
                    unusable.stream().map(n -> number(n).longValue()).toList());
        }
        throw new DataException("the state of a loader lacks mixer, packers or unusable");
    }

    private static PackerState<SampleReference> packer(Object json) {
        if (!(json instanceof Map<?, ?> map)
                || !(map.get("waiting") instanceof List<?> waiting)
                || !(map.get("ready") instanceof List<?> ready)) {
            throw new DataException("the state of a loader lacks the rows of a packer");
        }
        var rows = new ArrayList<PackerState.Row<SampleReference>>();
        for (var row : ready) {
            var parts = new ArrayList<PackerState.Part<SampleReference>>();
            for (var part : list(list(row, 2).get(1), -1)) {
                var fields = list(part, 3);
                parts.add(new PackerState.Part<>(
                        SampleReference.fromJson(fields.get(0)),
                        number(fields.get(1)).intValue(),
                        number(fields.get(2)).intValue()));
            }
            rows.add(new PackerState.Row<>(number(list(row, 2).get(0)).intValue(), parts));
        }
        return new PackerState<>(
                rows,
                waiting.stream().map(SampleReference::fromJson).toList(),
                number(map.get("consumed")).intValue(),
                number(map.get("pools")).longValue(),
                number(map.get("refused")).longValue());
    }

    private static List<?> list(Object json, int size) {
        if (json instanceof List<?> list && (size < 0 || list.size() == size)) {
            return list;
        }
        throw new DataException("the state of a loader has something else where a list belongs: " + json);
    }

    private static Number number(@org.jspecify.annotations.Nullable Object json) {
        if (json instanceof Number number) {
            return number;
        }
        throw new DataException("the state of a loader has something else where a number belongs: " + json);
    }
}
