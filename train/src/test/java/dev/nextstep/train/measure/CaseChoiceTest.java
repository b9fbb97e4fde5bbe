package dev.nextstep.train.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CaseChoiceTest {
    private static List<CaptionCase> cases() {
        return IntStream.range(0, 500)
                .mapToObj(i -> new CaptionCase(
                        "thing " + i, new PictureName(MadePictures.hexcode(i), MadePictures.STYLES.get(i % 3))))
                .toList();
    }

    @Test
    void orderDoesNotMatterAndMoreBeginsWithLess() {
        var shuffled = new ArrayList<>(cases());
        shuffled.addAll(cases()); // said twice is said once
        Collections.shuffle(shuffled, new Random(1));
        var chosen = CaseChoice.of(cases(), 40, 7);
        assertThat(CaseChoice.of(shuffled, 40, 7)).isEqualTo(chosen).hasSize(40).doesNotHaveDuplicates();
        assertThat(CaseChoice.of(cases(), 200, 7)).startsWith(chosen.toArray(CaptionCase[]::new));
        assertThat(CaseChoice.of(cases(), 40, 8)).isNotEqualTo(chosen);
        assertThat(CaseChoice.of(cases(), 900, 7)).hasSize(500);
    }

    @Test
    void kindsAreChosenEvenlyWhileThereAreSome() {
        var edits = IntStream.range(0, 300)
                .mapToObj(i -> {
                    String kind = i < 10 ? "rare" : i < 100 ? "some" : "many";
                    var name = new PictureName(MadePictures.hexcode(i), "flat");
                    return new EditCase(kind, "do " + i, name, name);
                })
                .toList();
        var counts = CaseChoice.evenly(edits, EditCase::kind, 90, 3).stream()
                .collect(Collectors.groupingBy(EditCase::kind, Collectors.counting()));
        assertThat(counts).containsEntry("rare", 10L).containsEntry("some", 40L).containsEntry("many", 40L);
        assertThat(CaseChoice.evenly(edits, EditCase::kind, 1000, 3)).hasSize(300);
    }

    @Test
    void everyCaseHasASeedOfItsOwnThatFitsInto32Bits() {
        var seeds = cases().stream().map(c -> CaseChoice.drawingSeed(c, 1)).toList();
        assertThat(seeds).allMatch(s -> s >= 0 && s < 1L << 32).doesNotHaveDuplicates();
    }
}
