package dev.nextstep.data.pack;

import dev.nextstep.data.KeyedRandom;
import dev.nextstep.data.sequence.TokenSequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lays sequences into rows. Give sequences with {@link #offer} until {@link #poll} gives rows.
 *
 * <p>Rows are a function of what was offered and in which order. Not thread-safe.
 *
 * @param <T> what a sequence belongs to
 */
public final class Packer<T> {
    private final Packing packing;
    private final int pad;
    private final long seed;
    private final Deque<Item<T>> waiting = new ArrayDeque<>();
    private final Deque<PackedRow<T>> ready = new ArrayDeque<>();
    private long tokens;
    private long pools;
    private long refused;

    /** A sequence, cut to what is still to be laid. */
    private record Item<T>(T owner, TokenSequence sequence, int from, int to) {
        int length() {
            return to - from;
        }

        PackedRow.Part<T> at(int place) {
            boolean whole = from == 0 && to == sequence.length();
            return new PackedRow.Part<>(owner, place, from, whole ? sequence : sequence.slice(from, to));
        }
    }

    /**
     * An empty packer.
     *
     * @param pad id of the pad token
     * @param seed decides in which order the groups of a pool of {@link Packing.OnePerRow} come; other modes ignore it
     */
    public Packer(Packing packing, int pad, long seed) {
        this.packing = packing;
        this.pad = pad;
        this.seed = seed;
    }

    /**
     * A packer filled as another one was.
     *
     * @param state what {@link #state} gave
     * @param sequences makes the sequence of an owner again, the same as before
     */
    public Packer(Packing packing, int pad, long seed, PackerState<T> state, Function<T, TokenSequence> sequences) {
        this(packing, pad, seed);
        for (var row : state.ready()) {
            var items = new ArrayList<Item<T>>();
            for (var part : row.parts()) {
                items.add(new Item<>(part.owner(), sequences.apply(part.owner()), part.from(), part.to()));
            }
            ready.add(row(items, row.length()));
        }
        int from = state.consumed();
        for (var owner : state.waiting()) {
            var sequence = sequences.apply(owner);
            push(new Item<>(owner, sequence, from, sequence.length()));
            from = 0;
        }
        pools = state.pools();
        refused = state.refused();
    }

    /**
     * Takes a sequence. One that is too long for a row is counted in {@link #refused} and forgotten.
     *
     * @param owner comes back in {@link PackedRow.Part#owner}
     */
    public void offer(T owner, TokenSequence sequence) {
        if (sequence.length() > packing.maxLength()) {
            refused++;
            return;
        }
        push(new Item<>(owner, sequence, 0, sequence.length()));
        switch (packing) {
            // A row is closed when there is enough to fill it, as in the official code, not when it happens to be full.
            case Packing.WholeSamples p -> takeWhile(p.rowLength(), p.rowLength());
            case Packing.BlockDiagonal p -> takeWhile(p.rowLength(), p.rowLength());
            case Packing.Continuous p -> {
                while (tokens >= p.rowLength()) {
                    cutRow(p.rowLength());
                }
            }
            case Packing.OnePerRow p -> {
                if (waiting.size() == p.pool()) {
                    sortPool(p);
                }
            }
        }
    }

    private void push(Item<T> item) {
        waiting.add(item);
        tokens += item.length();
    }

    private Item<T> pop() {
        var item = waiting.removeFirst();
        tokens -= item.length();
        return item;
    }

    private void takeWhile(long atLeast, int rowLength) {
        while (tokens >= atLeast && !waiting.isEmpty()) {
            var items = new ArrayList<Item<T>>();
            int room = rowLength;
            while (!waiting.isEmpty() && waiting.getFirst().length() <= room) {
                room -= waiting.getFirst().length();
                items.add(pop());
            }
            ready.add(row(items, rowLength));
        }
    }

    private void cutRow(int rowLength) {
        var items = new ArrayList<Item<T>>();
        int room = rowLength;
        while (room > 0 && !waiting.isEmpty()) {
            var item = pop();
            int taken = Math.min(room, item.length());
            items.add(new Item<>(item.owner(), item.sequence(), item.from(), item.from() + taken));
            room -= taken;
            if (taken < item.length()) {
                waiting.addFirst(new Item<>(item.owner(), item.sequence(), item.from() + taken, item.to()));
                tokens += item.length() - taken;
            }
        }
        ready.add(row(items, rowLength));
    }

    private void sortPool(Packing.OnePerRow mode) {
        var sorted = new ArrayList<>(waiting);
        waiting.clear();
        tokens = 0;
        sorted.sort(Comparator.comparingInt(Item::length));
        var groups = new ArrayList<List<Item<T>>>();
        for (int i = 0; i < sorted.size(); i += mode.rowsPerGroup()) {
            groups.add(sorted.subList(i, Math.min(sorted.size(), i + mode.rowsPerGroup())));
        }
        // Were the short ones always first, the training would swing with every pool.
        for (int g : new KeyedRandom(seed, pools).permutation(groups.size())) {
            int longest = groups.get(g).getLast().length();
            for (var item : groups.get(g)) {
                ready.add(row(List.of(item), longest));
            }
        }
        pools++;
    }

    private PackedRow<T> row(List<Item<T>> items, int length) {
        var parts = new ArrayList<PackedRow.Part<T>>();
        int at = 0;
        for (var item : items) {
            parts.add(item.at(at));
            at += item.length();
        }
        return PackedRow.of(parts, length, pad);
    }

    /** The next row, if one is ready. */
    public Optional<PackedRow<T>> poll() {
        return Optional.ofNullable(ready.poll());
    }

    /** Makes rows of what is left, so that {@link #poll} gives everything: for validation. */
    public void finish() {
        switch (packing) {
            case Packing.WholeSamples p -> takeWhile(0, p.rowLength());
            case Packing.BlockDiagonal p -> takeWhile(0, p.rowLength());
            case Packing.Continuous p -> {
                if (!waiting.isEmpty()) {
                    cutRow(p.rowLength());
                }
            }
            case Packing.OnePerRow p -> {
                if (!waiting.isEmpty()) {
                    sortPool(p);
                }
            }
        }
    }

    /** What is in it. */
    public PackerState<T> state() {
        var rows = ready.stream()
                .map(row -> new PackerState.Row<>(
                        row.length(),
                        row.parts().stream()
                                .map(part -> new PackerState.Part<>(
                                        part.owner(),
                                        part.skipped(),
                                        part.skipped() + part.sequence().length()))
                                .toList()))
                .toList();
        return new PackerState<>(
                rows,
                waiting.stream().map(Item::owner).toList(),
                waiting.isEmpty() ? 0 : waiting.getFirst().from(),
                pools,
                refused);
    }

    /** Sequences that were too long so far. */
    public long refused() {
        return refused;
    }
}
