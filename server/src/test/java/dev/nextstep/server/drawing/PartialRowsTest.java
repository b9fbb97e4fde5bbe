package dev.nextstep.server.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Exactly as many partial pictures as are wanted and possible, evenly spread, never the whole. */
class PartialRowsTest {
    @Test
    void asManyAsWanted() {
        for (int rows = 1; rows <= 70; rows++) {
            for (int wanted = 0; wanted <= 80; wanted++) {
                int all = rows;
                int number = wanted;
                var chosen = IntStream.rangeClosed(0, rows + 1)
                        .filter(row -> PartialRows.isWanted(row, all, number))
                        .boxed()
                        .toList();
                assertThat(chosen).hasSize(Math.min(wanted, rows - 1));
                assertThat(chosen).allMatch(row -> row >= 1 && row < all);
                for (int i = 0; i < chosen.size(); i++) {
                    assertThat(PartialRows.upTo(chosen.get(i), rows, wanted)).isEqualTo(i + 1);
                    assertThat((double) chosen.get(i))
                            .isBetween(
                                    (i + 1) * rows / (chosen.size() + 1.0) - 0.5,
                                    (i + 1) * rows / (chosen.size() + 1.0) + 0.5);
                }
            }
        }
    }
}
