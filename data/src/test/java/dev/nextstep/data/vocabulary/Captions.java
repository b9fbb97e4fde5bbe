package dev.nextstep.data.vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Captions of the kind that emoji have, made up from a few words. */
final class Captions {
    private static final List<String> THINGS = List.of(
            "red heart",
            "grinning face with big eyes",
            "cat",
            "house with garden",
            "fire engine",
            "t-rex",
            "jack-o-lantern",
            "slice of pizza",
            "person's hand",
            "crème brûlée",
            "旗",
            "piñata",
            "keycap: *",
            "keycap: 1",
            "hourglass not done",
            "eight o’clock",
            "broken heart",
            "heart with ribbon",
            "smiling cat with heart-eyes");
    private static final List<String> STYLES = List.of("noto", "twemoji", "flat", "blob", "emojione");

    private Captions() {}

    static Stream<WeightedText> stream() {
        return list().stream();
    }

    static List<WeightedText> list() {
        var captions = new ArrayList<WeightedText>();
        for (int i = 0; i < THINGS.size(); i++) {
            captions.add(new WeightedText("a " + THINGS.get(i), 1 + i % 3));
            for (String style : STYLES) {
                captions.add(new WeightedText(THINGS.get(i) + ", " + style + " style", 2));
            }
        }
        captions.add(new WeightedText("aaaaaaa aaaaa aaaaaaaaaaa aaaa aaaaaaaaa aaaaaaaaaaaaaaaaaaaaaaaa", 5));
        captions.add(new WeightedText("8*8 ** *** **a 10*10", 50));
        captions.add(new WeightedText("", 3));
        return captions;
    }

    /** Text from everywhere in Unicode, lone surrogates too, with pieces of captions and of special tokens between. */
    static String randomText(Random random) {
        var text = new StringBuilder();
        for (int parts = 1 + random.nextInt(8); parts > 0; parts--) {
            switch (random.nextInt(7)) {
                case 0 -> text.append(THINGS.get(random.nextInt(THINGS.size())));
                case 1 -> text.append(" \t\r\n\u00A0\u3000".charAt(random.nextInt(6)));
                case 2 -> text.append("a".repeat(1 + random.nextInt(40)));
                case 3 ->
                    text.append("<|image_area|>")
                            .append(random.nextInt(1000))
                            .append('*')
                            .append(random.nextInt(99));
                case 4 -> text.append((char) random.nextInt(0x10000));
                case 5 -> text.appendCodePoint(random.nextInt(0x110000));
                default -> {
                    for (int n = random.nextInt(6); n >= 0; n--) {
                        text.append((char)
                                (random.nextBoolean() ? 'a' + random.nextInt(26) : 0x300 + random.nextInt(0x70)));
                    }
                }
            }
        }
        return text.toString();
    }
}
