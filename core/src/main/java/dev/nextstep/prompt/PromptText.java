package dev.nextstep.prompt;

/** Small helpers for strings that come from outside. */
final class PromptText {
    private PromptText() {}

    /** The text as it may stand in an error message: at most 60 characters, controls written as escapes. */
    static String shorten(String text) {
        var shown = new StringBuilder();
        for (int i = 0; i < Math.min(60, text.length()); i++) {
            char c = text.charAt(i);
            if (c < ' ' || Character.isSurrogate(c)) {
                shown.append("\\u%04x".formatted((int) c));
            } else {
                shown.append(c);
            }
        }
        return text.length() > 60 ? shown.append('…').toString() : shown.toString();
    }

    /** The text with U+FFFD for every surrogate that has no partner; UTF-8 cannot write those. */
    static String wellFormed(String text) {
        int at = firstLoneSurrogate(text, 0);
        if (at < 0) {
            return text;
        }
        var fixed = new StringBuilder(text);
        for (; at >= 0; at = firstLoneSurrogate(text, at + 1)) {
            fixed.setCharAt(at, '\uFFFD');
        }
        return fixed.toString();
    }

    /** Index of the first lone surrogate from here on, or −1. */
    static int firstLoneSurrogate(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return i;
            }
        }
        return -1;
    }
}
