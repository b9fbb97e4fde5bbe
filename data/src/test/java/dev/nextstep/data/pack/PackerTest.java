package dev.nextstep.data.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.data.KeyedRandom;
import dev.nextstep.data.sequence.PictureBlock;
import dev.nextstep.data.sequence.TokenSequence;
import dev.nextstep.prompt.Grid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackerTest {
    private static final int PAD = 99;

    /** Sequence n: a length of its own, every token n. */
    private static TokenSequence sequence(int n) {
        int length = 3 + new KeyedRandom(n).nextInt(20);
        int[] ids = new int[length];
        Arrays.fill(ids, n);
        return new TokenSequence(ids, ids, List.of());
    }

    private static List<String> rows(Packer<Integer> packer) {
        var out = new ArrayList<String>();
        for (var row = packer.poll(); row.isPresent(); row = packer.poll()) {
            out.add(Arrays.toString(row.get().inputIds()));
        }
        return out;
    }

    static Stream<Packing> modes() {
        return Stream.of(
                new Packing.WholeSamples(40),
                new Packing.BlockDiagonal(40),
                new Packing.Continuous(40),
                new Packing.OnePerRow(40, 12, 4));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void aPackerFilledAgainGoesOnAlike(Packing packing) {
        for (int stop = 0; stop < 40; stop++) {
            var whole = new Packer<Integer>(packing, PAD, 5);
            for (int i = 0; i < stop; i++) {
                whole.offer(i, sequence(i));
                if (i % 3 != 0) {
                    whole.poll();
                }
            }
            var resumed = new Packer<>(packing, PAD, 5, whole.state(), PackerTest::sequence);
            assertThat(resumed.state()).isEqualTo(whole.state());
            for (int i = stop; i < stop + 30; i++) {
                whole.offer(i, sequence(i));
                resumed.offer(i, sequence(i));
            }
            assertThat(rows(resumed)).as("stop %d", stop).isEqualTo(rows(whole)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void nothingIsLostOrDoubled(Packing packing) {
        var packer = new Packer<Integer>(packing, PAD, 5);
        long given = 0;
        for (int i = 0; i < 50; i++) {
            packer.offer(i, sequence(i));
            given += sequence(i).length();
        }
        packer.finish();
        long real = 0;
        int[] perSample = new int[50];
        for (var row = packer.poll(); row.isPresent(); row = packer.poll()) {
            real += row.get().length() - row.get().padding();
            for (var part : row.get().parts()) {
                perSample[part.owner()] += part.sequence().length();
                for (int i = part.from(); i < part.to(); i++) {
                    assertThat(row.get().inputIds()[i]).isEqualTo(part.owner());
                }
            }
            int used = row.get().length() - row.get().padding();
            assertThat(Arrays.stream(row.get().inputIds()).skip(used)).allMatch(id -> id == PAD);
            assertThat(Arrays.stream(row.get().labels()).skip(used)).allMatch(id -> id == TokenSequence.IGNORED);
        }
        assertThat(real).isEqualTo(given);
        for (int i = 0; i < 50; i++) {
            assertThat(perSample[i]).isEqualTo(sequence(i).length());
        }
    }

    @Test
    void tooLongIsRefusedAndCounted() {
        var packer = new Packer<Integer>(new Packing.WholeSamples(10), PAD, 0);
        packer.offer(1, new TokenSequence(new int[11], new int[11], List.of()));
        packer.offer(2, new TokenSequence(new int[10], new int[10], List.of()));
        assertThat(packer.refused()).isEqualTo(1);
        assertThat(packer.poll().orElseThrow().parts()).hasSize(1);
    }

    @Test
    void segments() {
        var packer = new Packer<Integer>(new Packing.BlockDiagonal(9), PAD, 0);
        packer.offer(1, new TokenSequence(new int[3], new int[3], List.of()));
        packer.offer(
                2, new TokenSequence(new int[4], new int[4], List.of(new PictureBlock(0, new Grid(1, 2), 1, true))));
        packer.offer(3, new TokenSequence(new int[5], new int[5], List.of()));
        var row = packer.poll().orElseThrow();
        assertThat(row.segmentIds()).containsExactly(0, 0, 0, 1, 1, 1, 1, -1, -1);
        assertThat(row.positionsInSegment()).containsExactly(0, 1, 2, 0, 1, 2, 3, 0, 0);
        assertThat(row.parts().get(1).pictures()).containsExactly(new PictureBlock(0, new Grid(1, 2), 4, true));
    }

    @Test
    void aPoolWastesLittleAndIsNotAlwaysShortFirst() {
        var packer = new Packer<Integer>(new Packing.OnePerRow(40, 120, 4), PAD, 5);
        for (int i = 0; i < 120; i++) {
            packer.offer(i, sequence(i));
        }
        long padding = 0;
        long tokens = 0;
        var firstOfGroups = new ArrayList<Integer>();
        for (int i = 0; i < 120; i++) {
            var row = packer.poll().orElseThrow();
            padding += row.padding();
            tokens += row.length();
            if (i % 4 == 0) {
                firstOfGroups.add(row.length());
            } else {
                assertThat(row.length()).as("rows of a group are equally long").isEqualTo(firstOfGroups.getLast());
            }
        }
        assertThat(padding).isLessThan(tokens / 20);
        assertThat(firstOfGroups).isNotEqualTo(firstOfGroups.stream().sorted().toList());
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new Packing.WholeSamples(1)).hasMessageContaining("2 tokens");
        assertThatThrownBy(() -> new Packing.OnePerRow(40, 10, 4)).hasMessageContaining("whole groups");
    }
}
