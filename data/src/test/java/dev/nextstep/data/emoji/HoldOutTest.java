package dev.nextstep.data.emoji;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HoldOutTest {
    private static final HoldOutOptions MUCH = new HoldOutOptions(5, 0.3, 0.2, 0.1);

    @Test
    void nothingOfAHeldOutPictureIsInTraining() {
        check(EmojiFixture.pictures(EmojiFixture.catalog()), MUCH);
    }

    @Test
    void theSameForTheRealSet() {
        var pictures = EmojiFixture.realPictures();

        var holdOut = check(pictures, HoldOutOptions.DEFAULT);

        double all = pictures.size();
        assertThat(count(pictures, holdOut, Split.HELD_OUT_PAIRS) / all).isBetween(0.03, 0.06);
        assertThat(count(pictures, holdOut, Split.HELD_OUT_GLYPHS) / all).isBetween(0.005, 0.04);
        var bases = pictures.stream().map(p -> p.glyph().base()).collect(Collectors.toSet());
        var held = pictures.stream()
                .filter(p -> holdOut.of(p) == Split.HELD_OUT_GLYPHS)
                .map(p -> p.glyph().base())
                .collect(Collectors.toSet());
        assertThat(held.size() / (double) bases.size()).isBetween(0.013, 0.027);
        var styles = new EditPairs(pictures).of(EditKind.STYLE).toList();
        assertThat(styles.stream().filter(holdOut::isHeldOut).count() / (double) styles.size())
                .isBetween(0.018, 0.022);
    }

    @Test
    void doesNotDependOnTheOrder() {
        var pictures = EmojiFixture.pictures(EmojiFixture.catalog());
        var shuffled = new ArrayList<>(pictures);
        Collections.shuffle(shuffled, new Random(3));

        var one = new HoldOut(pictures, MUCH);
        var other = new HoldOut(shuffled, MUCH);

        assertThat(pictures).allSatisfy(picture -> assertThat(other.of(picture)).isEqualTo(one.of(picture)));
    }

    @Test
    void identicalDrawingsAreHeldOutTogether() {
        var pictures = new ArrayList<RenderedEmoji>();
        for (var picture : EmojiFixture.pictures(EmojiFixture.catalog())) {
            boolean twin = picture.style() == EmojiStyle.BLOB
                    && picture.glyph().label().matches("(man )?police officer");
            pictures.add(new RenderedEmoji(
                    picture.glyph(),
                    picture.style(),
                    picture.file(),
                    twin ? "twin" : picture.sha256(),
                    picture.colour()));
        }
        for (int seed = 0; seed < 40; seed++) {
            var holdOut = check(pictures, new HoldOutOptions(seed, 0.3, 0.2, 0.1));
            assertThat(holdOut.of(EmojiFixture.picture(pictures, EmojiStyle.BLOB, "police officer")))
                    .isEqualTo(holdOut.of(EmojiFixture.picture(pictures, EmojiStyle.BLOB, "man police officer")));
        }
    }

    @Test
    void anEditAndItsReverseAreHeldOutTogether() {
        var pictures = EmojiFixture.pictures(EmojiFixture.catalog());
        var holdOut = new HoldOut(pictures, MUCH);

        var pairs = new EditPairs(pictures).of(EditKind.STYLE).toList();

        assertThat(pairs)
                .allSatisfy(
                        pair -> assertThat(holdOut.isHeldOut(pair.reversed())).isEqualTo(holdOut.isHeldOut(pair)));
        assertThat(pairs.stream().filter(holdOut::isHeldOut).count()).isBetween(1L, pairs.size() / 4L);
    }

    private static HoldOut check(List<RenderedEmoji> pictures, HoldOutOptions options) {
        var holdOut = new HoldOut(pictures, options);
        var splitsOfBase = new HashMap<String, Set<Split>>();
        Set<String> train = new HashSet<>();
        Set<String> trainGlyphs = new HashSet<>();
        for (var picture : pictures) {
            splitsOfBase
                    .computeIfAbsent(picture.glyph().base(), base -> new HashSet<>())
                    .add(holdOut.of(picture));
            if (holdOut.isTrain(picture)) {
                train.add(picture.sha256());
                trainGlyphs.add(picture.glyph().hexcode());
            }
        }
        assertThat(splitsOfBase.values())
                .as("a held-out glyph is held out with all its variants")
                .allSatisfy(splits -> assertThat(splits.contains(Split.HELD_OUT_GLYPHS) ? splits.size() : 1)
                        .isEqualTo(1));
        for (var picture : pictures) {
            if (!holdOut.isTrain(picture)) {
                assertThat(train).as("%s under another name", picture.id()).doesNotContain(picture.sha256());
            }
            if (holdOut.of(picture) == Split.HELD_OUT_PAIRS) {
                assertThat(trainGlyphs)
                        .as("another style of it")
                        .contains(picture.glyph().hexcode());
            }
            assertThat(holdOut.isTrain(picture.glyph())).isEqualTo(holdOut.of(picture) != Split.HELD_OUT_GLYPHS);
        }
        return holdOut;
    }

    private static long count(List<RenderedEmoji> pictures, HoldOut holdOut, Split split) {
        return pictures.stream().filter(picture -> holdOut.of(picture) == split).count();
    }
}
