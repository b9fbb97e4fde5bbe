package dev.nextstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrawAgainTest {

    private static DrawAgain command(String... words) {
        return new DrawAgain(List.of(words), words[0], "");
    }

    private static List<DrawingCommand.Key> keys(List<Long> seeds, int first, int count) {
        var keys = new ArrayList<DrawingCommand.Key>();
        for (long seed : seeds) {
            for (int i = first; i < first + count; i++) {
                keys.add(new DrawingCommand.Key(seed, i));
            }
        }
        return keys;
    }

    @Test
    void allIsTheCommandWithTheSeedThatItHad() {
        assertThat(command("generate", "it's", "-n", "3").all(List.of("--seed", "7")))
                .isEqualTo("./nextstep generate --seed 7 'it'\\''s' -n 3");
        assertThat(new DrawAgain(List.of("--debug", "generate", "-", "--steps", "5"), "generate", "-a red\nheart")
                        .all(List.of()))
                .isEqualTo("./nextstep --debug generate --steps 5 -- '-a red\nheart'");
    }

    @Test
    void onlyNamesThePicturesThatAreLeft() {
        var left = keys(List.of(4L), 0, 130).subList(64, 130);
        assertThat(command("generate", "a", "-n", "130", "--seed", "4", "--out", "{index}")
                        .only(left))
                .isEqualTo("./nextstep generate --seed 4 --index 64 -n 66 a --out '{index}'");
        assertThat(command("generate", "--seed=4", "-n130", "--", "-n", "--seed=9")
                        .only(left))
                .as("words behind -- are the prompt's")
                .isEqualTo("./nextstep generate --seed 4 --index 64 -n 66 -- -n --seed=9");
        assertThat(command("generate", "a", "-n=3").only(keys(List.of(99L), 2, 1)))
                .as("a random seed is named")
                .isEqualTo("./nextstep generate --seed 99 --index 2 a");
    }

    @Test
    void severalSeedsTakeAsFewCommandsAsCanBe() {
        var all = keys(List.of(1L, 2L, 3L), 5, 2);
        var command = command("edit", "-i", "a.png", "b", "--seeds", "1,2,3", "--index", "5", "-n", "2");
        assertThat(command.only(all.subList(2, 6))).isEqualTo("./nextstep edit --seeds 2,3 --index 5 -n 2 -i a.png b");
        assertThat(command.only(all.subList(1, 6)))
                .isEqualTo("./nextstep edit --seed 1 --index 6 -i a.png b"
                        + " && ./nextstep edit --seeds 2,3 --index 5 -n 2 -i a.png b");
        assertThat(command.only(all.subList(5, 6))).isEqualTo("./nextstep edit --seed 3 --index 6 -i a.png b");
    }
}
