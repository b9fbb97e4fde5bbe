package dev.nextstep.data.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What is in a {@link Packer}, by owners: enough to fill another one alike.
 *
 * @param ready rows that are made
 * @param waiting owners of the sequences that are in no row yet
 * @param consumed tokens of the first waiting sequence that left with an earlier row
 * @param pools pools sorted so far
 * @param refused sequences that were too long so far
 * @param <T> what a sequence belongs to
 */
public record PackerState<T>(List<Row<T>> ready, List<T> waiting, int consumed, long pools, long refused) {
    /**
     * A row that is made.
     *
     * @param length tokens, padding included
     * @param parts its sequences
     * @param <T> what a sequence belongs to
     */
    public record Row<T>(int length, List<Part<T>> parts) {
        /** Copies the list. */
        public Row {
            parts = List.copyOf(parts);
        }
    }

    /**
     * A sequence, or a part of it, in a row.
     *
     * @param owner what it belongs to
     * @param from first token of the part
     * @param to after its last
     * @param <T> what a sequence belongs to
     */
    public record Part<T>(T owner, int from, int to) {}

    /** Copies the lists. */
    public PackerState {
        ready = List.copyOf(ready);
        waiting = List.copyOf(waiting);
    }

    /** Nothing. */
    public static <T> PackerState<T> empty() {
        return new PackerState<>(List.of(), List.of(), 0, 0, 0);
    }

    /** The same with other owners. */
    public <U> PackerState<U> map(Function<T, U> owners) {
        var rows = new ArrayList<Row<U>>();
        for (var row : ready) {
            rows.add(new Row<>(
                    row.length(),
                    row.parts().stream()
                            .map(part -> new Part<>(owners.apply(part.owner()), part.from(), part.to()))
                            .toList()));
        }
        return new PackerState<>(rows, waiting.stream().map(owners).toList(), consumed, pools, refused);
    }
}
