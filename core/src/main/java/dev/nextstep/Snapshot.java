package dev.nextstep;

import dev.nextstep.prompt.Grid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Pictures that are not ready: everything that is needed to go on with them later, on another machine too, as if they had
 * never been interrupted. Immutable. Any number of continuations may begin from one snapshot.
 *
 * <p>It holds the request and the image tokens so far, but no keys and values: reading the tokens once more gives the same
 * ones, in a fraction of the time in which they were drawn. So a snapshot takes kilobytes, and continuations of one read it
 * once and share its memory.
 */
public final class Snapshot {
    private final List<Recipe> recipes;
    private final Grid grid;
    private final int tokenDim;
    private final List<ImageTokens> sources;
    private final BitSet kept;
    private final float[] keptTokens;
    private final List<float[]> made;
    private final String fingerprint;

    /**
     * Everything that is in it.
     *
     * @param recipes one for each picture
     * @param grid size of the pictures
     * @param sources source pictures as the model reads them
     * @param kept indices of tokens that are taken over from another picture
     * @param keptTokens values of those [kept.length(), tokenDim]
     * @param made tokens so far of each picture [n, tokenDim]
     * @param fingerprint of the model
     */
    Snapshot(
            List<Recipe> recipes,
            Grid grid,
            int tokenDim,
            List<ImageTokens> sources,
            BitSet kept,
            float[] keptTokens,
            List<float[]> made,
            String fingerprint) {
        this.recipes = List.copyOf(recipes);
        this.grid = grid;
        this.tokenDim = tokenDim;
        this.sources = List.copyOf(sources);
        this.kept = (BitSet) kept.clone();
        this.keptTokens = keptTokens;
        this.made = List.copyOf(made);
        this.fingerprint = fingerprint;
    }

    /**
     * Reads a file that {@link #write} wrote.
     *
     * @throws java.io.UncheckedIOException if it cannot be read
     * @throws SnapshotException if it is damaged, or no snapshot
     */
    public static Snapshot read(Path file) {
        return SnapshotFile.read(file);
    }

    /**
     * Reads what {@link #toBytes} gave.
     *
     * @throws SnapshotException if it is damaged, or no snapshot
     */
    public static Snapshot of(byte[] bytes) {
        return SnapshotFile.parse(bytes);
    }

    /** A versioned header, the tokens, and a hash over both. */
    public byte[] toBytes() {
        return SnapshotFile.toBytes(this);
    }

    /**
     * Writes it beside its target and renames it, so that a crash leaves the old file or the new one.
     *
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public void write(Path file) {
        SnapshotFile.write(this, file);
    }

    /** The recipes of its pictures, as they will stand in the pictures. */
    public List<Recipe> recipes() {
        return recipes;
    }

    /** Rows of tokens of a picture. */
    public int rows() {
        return grid.rows();
    }

    /** Tokens of a row. */
    public int columns() {
        return grid.columns();
    }

    /** Tokens that are there of a picture. */
    public int tokens(int picture) {
        return made.get(picture).length / tokenDim;
    }

    /** Rows of tokens that all pictures have in full. */
    public int finishedRows() {
        return made.stream()
                .mapToInt(m -> m.length / tokenDim / grid.columns())
                .min()
                .orElse(0);
    }

    /** One of the pictures alone. */
    public Snapshot only(int picture) {
        return new Snapshot(
                List.of(recipes.get(picture)),
                grid,
                tokenDim,
                sources,
                kept,
                keptTokens,
                List.of(made.get(picture)),
                fingerprint);
    }

    /**
     * An earlier state: at most the first rows of tokens. Rerolls of what is dropped are forgotten.
     *
     * @param rows rows of tokens that are kept, 0 or more
     */
    public Snapshot keepRows(int rows) {
        if (rows < 0 || rows > grid.rows()) {
            throw new IllegalArgumentException(
                    "between 0 and %d rows can be kept, not %d".formatted(grid.rows(), rows));
        }
        int most = rows * grid.columns();
        var fewer = new ArrayList<float[]>();
        var changed = new ArrayList<Recipe>();
        for (int i = 0; i < made.size(); i++) {
            int tokens = Math.min(most, tokens(i));
            fewer.add(Arrays.copyOf(made.get(i), tokens * tokenDim));
            changed.add(recipes.get(i)
                    .withRerolls(recipes.get(i).rerolls().stream()
                            .filter(reroll -> reroll.token() < tokens)
                            .toList()));
        }
        return new Snapshot(changed, grid, tokenDim, sources, kept, keptTokens, fewer, fingerprint);
    }

    /** The same state, going on with random numbers of another seed: another end of the same beginning. */
    public Snapshot withSeed(long seed) {
        return branch((key, next) -> new Reroll(
                next,
                seed,
                key.rerolls().stream()
                        .filter(reroll -> reroll.token() == next)
                        .findFirst()
                        .flatMap(Reroll::settings)));
    }

    /**
     * The same state, going on with other settings, such as fewer steps; the seed stays unless {@link #withSeed} changes it.
     *
     * @param options what changes; the rest stays
     * @throws IllegalArgumentException if a value is out of range, or is one that a picture keeps to its end: its size, its
     *     prompts, and whether there is guidance; the message says which
     */
    public Snapshot withOptions(DrawingOptions options) {
        var first = recipes.getFirst().settings();
        return branch((key, next) ->
                new Reroll(next, key.seedOf(next), Optional.of(options.resolve(key.settingsOf(next, first)))));
    }

    private Snapshot branch(BiFunction<PictureKey, Integer, Reroll> change) {
        var changed = new ArrayList<Recipe>();
        for (int i = 0; i < made.size(); i++) {
            int next = tokens(i);
            var rerolls = new ArrayList<>(recipes.get(i).rerolls());
            rerolls.removeIf(reroll -> reroll.token() >= next);
            rerolls.add(change.apply(recipes.get(i).key(), next));
            changed.add(recipes.get(i).withRerolls(rerolls));
        }
        return new Snapshot(changed, grid, tokenDim, sources, kept, keptTokens, made, fingerprint);
    }

    Grid grid() {
        return grid;
    }

    int tokenDim() {
        return tokenDim;
    }

    List<ImageTokens> sources() {
        return sources;
    }

    BitSet kept() {
        return (BitSet) kept.clone();
    }

    float[] keptTokens() {
        return keptTokens;
    }

    float[] made(int picture) {
        return made.get(picture);
    }

    String fingerprint() {
        return fingerprint;
    }
}
