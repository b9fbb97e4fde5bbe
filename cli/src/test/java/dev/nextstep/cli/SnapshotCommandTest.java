package dev.nextstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.Kept;
import dev.nextstep.NextStep;
import dev.nextstep.Recipe;
import dev.nextstep.Reroll;
import dev.nextstep.Snapshot;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureTexts;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drawings that are paused, gone on with, redrawn and kept in part, by the commands. */
class SnapshotCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private String run(Object... words) {
        var done = Commanded.run(words);
        assertThat(done.err()).isEmpty();
        assertThat(done.code()).isZero();
        return done.out();
    }

    private void refused(String message, Object... words) {
        var done = Commanded.run(words);
        assertThat(done.err()).contains(message);
        assertThat(done.code()).isIn(ExitCode.USAGE.number(), ExitCode.BAD_INPUT.number());
    }

    private Object[] drawing(Object... more) {
        var words =
                new ArrayList<Object>(List.of("generate", "a red heart", "--steps", 2, "--size", "48x64", "--seed", 7));
        words.addAll(List.of(more));
        return words.toArray();
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private static Recipe recipe(Path file) {
        return Recipe.of(PictureTexts.read(file)).orElseThrow();
    }

    private static float[] tokens(Path file) {
        try (var model = NextStep.open(Cli.MODEL)) {
            return model.encode(new PictureReader().read(file)).values();
        }
    }

    @Test
    void pausedAndGoneOnWithIsTheSameFile() {
        var whole = file("whole.png");
        run(drawing("--out", whole));
        var state = file("heart.snapshot");
        assertThat(run(drawing("--pause-after", 1, "--snapshot", state)))
                .isEqualTo("%s: 1 picture, 1 of 4 rows; to go on: ./nextstep resume %s%n".formatted(state, state));
        assertThat(run("resume", state, "--pause-after", 3, "--snapshot", state))
                .contains("3 of 4 rows");
        assertThat(Snapshot.read(state).finishedRows()).isEqualTo(3);
        var again = file("again.png");
        run("resume", state, "--out", again);
        assertThat(again).hasSameBinaryContentAs(whole);
    }

    @Test
    void goesOnOtherwise() throws IOException {
        var state = file("heart.snapshot");
        run(drawing("--pause-after", 2, "--snapshot", state));
        assertThat(run("resume", state, "--seed", 8, "--steps", 3, "--out", folder.resolve("{prompt}-{seed}.png")))
                .contains("seed 8");
        var recipe = recipe(file("a-red-heart-8.png"));
        assertThat(recipe.seed()).isEqualTo(7);
        var reroll = recipe.rerolls().getFirst();
        assertThat(List.of(reroll.token(), reroll.seed())).containsExactly(6, 8L);
        assertThat(reroll.settings().orElseThrow().steps()).isEqualTo(3);
        // Without the snapshot, from the picture alone.
        var again = file("again.png");
        run("generate", "--from", file("a-red-heart-8.png"), "--out", again);
        assertThat(again).hasSameBinaryContentAs(file("a-red-heart-8.png"));
        // Options that are given count for the whole picture.
        var other = file("other.png");
        run("generate", "--from", file("a-red-heart-8.png"), "--steps", 4, "--out", other);
        assertThat(recipe(other).rerolls()).containsExactly(new Reroll(6, 8));
        var earlier = file("earlier.png");
        run("resume", state, "--keep-rows", 1, "--seed", 8, "--out", earlier);
        assertThat(recipe(earlier).rerolls()).containsExactly(new Reroll(3, 8));
        refused("between 0 and 4 rows can be kept, not 5", "resume", state, "--keep-rows", 5);
        refused("guidance cannot be switched off", "resume", state, "--guidance", 1);
        refused("already", "resume", state, "--pause-after", 2, "--snapshot", file("b.snapshot"));
        refused("--kv-cache", "resume", state, "--kv-cache", "q8");
        byte[] bytes = Files.readAllBytes(state);
        Files.write(state, Arrays.copyOf(bytes, bytes.length - 1));
        refused("damaged or cut off", "resume", state);
        refused("not a snapshot", "resume", earlier);
    }

    @Test
    void redrawsFromARowOn() {
        var whole = file("whole.png");
        run(drawing("--out", whole));
        run("generate", "--from", whole, "--redraw-from", 2, "--seeds", "8,9", "--out", folder.resolve("{seed}.png"));
        run("generate", "--from", whole, "--redraw-from", 2, "--seed", 9, "--steps", 3, "--out", file("slow.png"));
        for (int seed : List.of(8, 9)) {
            assertThat(recipe(file(seed + ".png")).rerolls()).containsExactly(new Reroll(6, seed));
        }
        assertThat(recipe(file("slow.png"))
                        .rerolls()
                        .getFirst()
                        .settings()
                        .orElseThrow()
                        .steps())
                .isEqualTo(3);
        assertThat(recipe(file("slow.png")).settings()).isEqualTo(recipe(whole).settings());
        var state = file("heart.snapshot");
        run(drawing("--pause-after", 2, "--snapshot", state));
        run("resume", state, "--seed", 8, "--out", file("resumed.png"));
        assertThat(file("resumed.png")).hasSameBinaryContentAs(file("8.png"));
        assertThat(tokens(file("9.png"))).isNotEqualTo(tokens(file("8.png")));
        refused("between 1 and 3", "generate", "--from", whole, "--redraw-from", 4);
        refused("give --seeds", "generate", "--from", whole, "--redraw-from", 2, "-n", 2);
        refused("leave out the words", "generate", "a cat", "--from", whole, "--redraw-from", 2);
        refused("keeps its size", "generate", "--from", whole, "--redraw-from", 2, "--size", "64x64");
        refused("--from", drawing("--redraw-from", 2));
    }

    @Test
    void keepsRowsAndExtends() {
        var whole = file("whole.png");
        run(drawing("--out", whole));
        var higher = file("higher.png");
        run("generate", "--from", whole, "--keep-rows", 4, "--size", "48x96", "--out", higher);
        var pixels = new PictureReader().read(higher);
        assertThat(List.of(pixels.width(), pixels.height())).containsExactly(48, 96);
        var kept = recipe(higher).kept().orElseThrow();
        assertThat(kept.rows()).isEqualTo(OptionalInt.of(4));
        assertThat(recipe(higher).seed()).as("a new one").isNotEqualTo(7);
        // Pictures of any program have rows, though no recipe.
        var bare = file("bare.png");
        PictureWriter.write(bare, new PictureReader().read(whole), PictureFormat.PNG, WriteOptions.DEFAULT);
        var below = file("below.png");
        run("generate", "a red heart", "--from", bare, "--keep-rows", 2, "--steps", 2, "--seed", 3, "--out", below);
        assertThat(new PictureReader().read(below).height()).isEqualTo(64);
        refused("Name it with --from", drawing("--keep-rows", 2));
        refused("4 rows of tokens can be kept", "generate", "--from", whole, "--keep-rows", 5);
        refused("same width", "generate", "--from", whole, "--keep-rows", 2, "--size", "64x64");
        refused("does not hold", "generate", "--from", higher);
    }

    @Test
    void editsOnlyWhatIsMarked() {
        var source = file("source.png");
        var mask = file("mask.png");
        PictureWriter.write(source, Cli.picture(64, 64), PictureFormat.PNG, WriteOptions.DEFAULT);
        var rgb = new byte[3 * 64 * 64];
        for (int y = 16; y < 48; y++) {
            Arrays.fill(rgb, 3 * (64 * y + 16), 3 * (64 * y + 48), (byte) -1);
        }
        PictureWriter.write(mask, Pixels.of(64, 64, rgb), PictureFormat.PNG, WriteOptions.DEFAULT);
        var out = file("edited.png");
        var state = file("edit.snapshot");
        Object[] words = {"edit", "make it blue", "-i", source, "--mask", mask, "--steps", 2, "--seed", 3, "--out", out
        };
        run(words);
        assertThat(recipe(out).kept().flatMap(Kept.Part::mask)).isPresent();
        var more = new ArrayList<Object>(List.of(words));
        more.addAll(List.of("--pause-after", 2, "--snapshot", state));
        run(more.toArray());
        assertThat(Snapshot.read(state).tokens(0))
                .as("two rows and the kept token behind them")
                .isEqualTo(8);
        run("resume", state, "--out", file("resumed.png"));
        assertThat(file("resumed.png")).hasSameBinaryContentAs(out);
        run("edit", "--from", out, "-i", source, "--mask", mask, "--out", file("again.png"));
        assertThat(file("again.png")).hasSameBinaryContentAs(out);
        refused("give the mask with --mask", "edit", "--from", out, "-i", source);
        var done = Commanded.run("edit", "--from", out, "-i", source, "--mask", source, "--out", file("b.png"));
        assertThat(done.err()).contains("the mask is not that of the picture");
        var small = file("small.png");
        PictureWriter.write(small, Cli.picture(32, 32), PictureFormat.PNG, WriteOptions.DEFAULT);
        refused("the mask is 32 x 32 pixels", "edit", "x", "-i", source, "--mask", small);
        var dark = file("dark.png");
        PictureWriter.write(dark, Pixels.of(64, 64, new byte[3 * 64 * 64]), PictureFormat.PNG, WriteOptions.DEFAULT);
        refused("nothing is marked", "edit", "x", "-i", source, "--mask", dark);
    }

    /** A model of other sizes, with grouped heads and 4-bit weights. */
    @Test
    void anyModelGoesOn() {
        var model = file("random");
        assertThat(Commanded.run("bench", "make-model", "--shape", "tiny", "--to", "q4_0", "--out", model)
                        .code())
                .isZero();
        for (var cache : List.of("fp32", "bf16", "q8")) {
            var state = file(cache + ".snapshot");
            var whole = file(cache + ".png");
            run(drawing("--model", model, "--kv-cache", cache, "--out", whole));
            run(drawing("--model", model, "--kv-cache", cache, "--pause-after", 2, "--snapshot", state));
            run("resume", state, "--model", model, "--out", file("again.png"));
            assertThat(file("again.png")).hasSameBinaryContentAs(whole);
            run("resume", state, "--model", model, "--seed", 8, "--out", file("branch.png"));
            run("generate", "--from", whole, "--model", model, "--redraw-from", 2, "--seed", 8, "--out", file("b.png"));
            assertThat(file("b.png")).hasSameBinaryContentAs(file("branch.png"));
            refused("say where it is with --model", "resume", state);
            refused("with other weights; open that model", "resume", state, "--model", Cli.MODEL);
        }
    }

    @Test
    void whatContradictsItselfIsRefusedBeforeTheWork() throws IOException {
        refused("--pause-after needs --snapshot FILE", drawing("--pause-after", 2));
        refused("draw 1 to 4", drawing("--pause-after", 5, "--snapshot", file("a.snapshot")));
        var text = Files.writeString(file("notes.txt"), "something of the user's");
        refused("no snapshot; choose another name", drawing("--snapshot", text));
        refused("is a folder", drawing("--snapshot", folder));
        refused("no such folder", drawing("--snapshot", folder.resolve("none/a.snapshot")));
        assertThat(text).hasContent("something of the user's");
        assertThat(Optional.ofNullable(folder.toFile().list()).orElseThrow()).containsExactly("notes.txt");
    }
}
