package dev.nextstep.hub;

import java.util.regex.Pattern;

/**
 * A pattern over the paths of a repository: {@code *} stands for any text without {@code /}, {@code **} for any text,
 * {@code ?} for one character other than {@code /}. Everything else stands for itself.
 */
final class FilePattern {
    private final Pattern pattern;

    FilePattern(String glob) {
        if (glob.isEmpty() || glob.length() > 1024) {
            throw new IllegalArgumentException(
                    "a file pattern has %d characters: expected 1 to 1024".formatted(glob.length()));
        }
        var regex = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            boolean twice = c == '*' && i + 1 < glob.length() && glob.charAt(i + 1) == '*';
            switch (c) {
                case '*' -> regex.append(twice ? ".*" : "[^/]*");
                case '?' -> regex.append("[^/]");
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
            i += twice ? 1 : 0;
        }
        pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    boolean matches(String path) {
        return pattern.matcher(path).matches();
    }
}
