package dev.nextstep.prompt;

import java.util.List;
import java.util.Random;

/** Strings that a tokenizer may stumble over. */
final class RandomText {
    private static final List<String> FIXED = List.of(
            "'s",
            "'S",
            "'ſ",
            "'T",
            "'re",
            "'VE",
            "'m",
            "'lL",
            "'d",
            "'x",
            "it's",
            "<|endoftext|>",
            "<|im_end|>",
            "<|image_area|>",
            "[PAD]",
            "[pad]",
            "<|image_placeholder|",
            "<tool_call>",
            "<image>",
            "32*32",
            "  ",
            "\r\n",
            "\n\n",
            " \n ",
            "\t",
            "e\u0301",
            "A\u030A",
            "ﬁ",
            "\u1100\u1161\u11A8",
            "각",
            "👨‍👩‍👧",
            "👍🏽",
            "🇩🇪",
            "\u0344",
            "\u2126",
            "\uFB1D",
            "\u0958",
            "lighthouse",
            "一只小狗",
            "Привет",
            "مرحبا",
            "שלום",
            "नमस्ते",
            "İı",
            "ẞß",
            "ÅÅ",
            "﷽",
            "\uFFFD",
            "\u200D");
    private static final int[] SPACES = {
        9, 10, 11, 12, 13, 28, 31, 32, 32, 32, 0x85, 0xA0, 0x1680, 0x180E, 0x2003, 0x200B, 0x2028, 0x2029, 0x202F,
        0x205F, 0x3000, 0xFEFF
    };
    /** Ranges with many marks, digits, letters; planes 0 to 2, 14 to 16. */
    private static final int[] RANGES = {
        0, 0x7F, 0x20, 0x7E, 0x80, 0x24F, 0x300, 0x36F, 0x370, 0x5FF, 0x600, 0x8FF, 0x900, 0xFFF, 0x1000, 0x1FFF,
        0x1DC0, 0x1DFF, 0x1AB0, 0x1AFF, 0x2000, 0x2BFF, 0x3000, 0x30FF, 0x3300, 0x9FFF, 0xA000, 0xABFF, 0xAC00, 0xD7A3,
        0xE000, 0xFFFF, 0x10000, 0x10FFF, 0x11000, 0x11FFF, 0x16000, 0x16FFF, 0x1D100, 0x1D7FF, 0x1E000, 0x1EFFF,
        0x1F000, 0x1FAFF, 0x20000, 0x323AF, 0x2F800, 0x2FA1F, 0xE0000, 0xE01EF, 0xF0000, 0x10FFFF
    };

    private final Random random;

    RandomText(long seed) {
        random = new Random(seed);
    }

    String next() {
        var text = new StringBuilder();
        int parts = 1 + random.nextInt(12);
        for (int i = 0; i < parts; i++) {
            switch (random.nextInt(8)) {
                case 0 -> text.append(FIXED.get(random.nextInt(FIXED.size())));
                case 1 -> {
                    for (int n = random.nextInt(5); n >= 0; n--) {
                        text.appendCodePoint(SPACES[random.nextInt(SPACES.length)]);
                    }
                }
                case 2 -> {
                    int c = codePoint();
                    for (int n = random.nextInt(random.nextInt(20) == 0 ? 300 : 6); n >= 0; n--) {
                        text.appendCodePoint(c);
                    }
                }
                case 3 -> {
                    for (int n = random.nextInt(4); n >= 0; n--) {
                        text.append((char) ('0' + random.nextInt(10)));
                    }
                }
                case 4 -> {
                    for (int n = random.nextInt(8); n >= 0; n--) {
                        text.append((char) ((random.nextInt(5) == 0 ? 'A' : 'a') + random.nextInt(26)));
                    }
                }
                default -> {
                    int range = 2 * random.nextInt(RANGES.length / 2);
                    for (int n = random.nextInt(5); n >= 0; n--) {
                        text.appendCodePoint(codePoint(range));
                    }
                }
            }
        }
        return text.toString();
    }

    private int codePoint() {
        return codePoint(2 * random.nextInt(RANGES.length / 2));
    }

    private int codePoint(int range) {
        int c = random.nextInt(RANGES[range], RANGES[range + 1] + 1);
        return c >= 0xD800 && c <= 0xDFFF ? '?' : c;
    }
}
