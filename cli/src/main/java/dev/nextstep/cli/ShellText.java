package dev.nextstep.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Command lines as a person can paste them into a shell. */
final class ShellText {
    private ShellText() {}

    /** The words of a command, quoted where a shell would change them. */
    static String of(List<String> words) {
        return words.stream().map(ShellText::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String word) {
        return !word.isEmpty() && word.chars().allMatch(ShellText::isPlain)
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }

    private static boolean isPlain(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || "-_./:=,@+".indexOf(c) >= 0);
    }
}
