package dev.nextstep;

import dev.nextstep.prompt.Grid;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** Snapshots that nobody drew, for tests of their reader. */
public final class SnapshotBytes {
    private static final int TOKEN_DIM = 2;

    private SnapshotBytes() {}

    /** Some of each kind: words, an edit with a mask, several pictures, rerolls. */
    public static List<byte[]> samples() {
        var random = new Random(1);
        var source = new SourcePicture("ab".repeat(32), 32, 48);
        var part = new Kept.Part(source, OptionalInt.empty(), Optional.of(source));
        var later =
                DrawingOptions.of(DrawingSettings.MODEL_CARD).withSize(32, 48).resolve(DrawingSettings.MODEL_CARD);
        var rerolls = List.of(new Reroll(1, -5), new Reroll(3, 9, Optional.of(later)));
        var grid = new Grid(3, 2);
        var kept = new BitSet();
        kept.set(0);
        kept.set(3, 5);
        var out = new ArrayList<byte[]>();
        out.add(new Snapshot(
                        List.of(recipe(Recipe.Task.GENERATE, List.of(), Optional.empty(), List.of())),
                        grid,
                        TOKEN_DIM,
                        List.of(),
                        new BitSet(),
                        new float[0],
                        List.of(tokens(random, 4)),
                        "00")
                .toBytes());
        var edit = recipe(Recipe.Task.EDIT, List.of(source), Optional.of(part), rerolls);
        out.add(new Snapshot(
                        List.of(edit, edit),
                        grid,
                        TOKEN_DIM,
                        List.of(new ImageTokens(3, 2, tokens(random, 6))),
                        kept,
                        tokens(random, kept.length()),
                        List.of(tokens(random, 6), new float[0]),
                        "00")
                .toBytes());
        return out;
    }

    private static Recipe recipe(
            Recipe.Task task, List<SourcePicture> sources, Optional<Kept.Part> kept, List<Reroll> rerolls) {
        var settings =
                DrawingOptions.of(DrawingSettings.MODEL_CARD).withSize(32, 48).resolve(DrawingSettings.MODEL_CARD);
        return new Recipe(
                task,
                "a \"fox\"",
                settings,
                7,
                0,
                sources,
                new ModelIdentity("emoji", Optional.empty()),
                Arithmetic.DEFAULT,
                NextStep.version(),
                rerolls,
                kept);
    }

    private static float[] tokens(Random random, int count) {
        var values = new float[count * TOKEN_DIM];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
