package dev.nextstep.server.safety;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Words that prompts may not have. A list of words is a coarse sieve: it knows no meaning, no other spelling and no other
 * language. Compared are whole words, whatever their case, accents, width and punctuation.
 */
public final class WordList {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final Set<List<String>> phrases;
    private final int longest;

    private WordList(Set<List<String>> phrases) {
        this.phrases = Set.copyOf(phrases);
        this.longest = phrases.stream().mapToInt(List::size).max().orElse(0);
    }

    /**
     * Reads a file of UTF-8: one word, or a few that follow each other, in each line; lines that begin with {@code #} and empty
     * ones do not count.
     *
     * @throws IllegalArgumentException if it cannot be read, or a line has no letter and no digit
     */
    public static WordList read(Path file) {
        try {
            var phrases = new HashSet<List<String>>();
            int number = 0;
            for (var line : Files.readAllLines(file)) {
                number++;
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                var words = words(line);
                if (words.isEmpty()) {
                    throw new IllegalArgumentException(
                            "%s, line %d: expected a word, got '%s'".formatted(file, number, line));
                }
                phrases.add(words);
            }
            return new WordList(phrases);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is not UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(String text) {
        var plain =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        return BETWEEN_WORDS
                .splitAsStream(plain.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The first words of a text that are on the list, as they stand there. */
    public Optional<String> find(String text) {
        var words = words(text);
        for (int from = 0; from < words.size(); from++) {
            for (int to = from + 1; to <= Math.min(words.size(), from + longest); to++) {
                if (phrases.contains(words.subList(from, to))) {
                    return Optional.of(words.subList(from, to).stream().collect(Collectors.joining(" ")));
                }
            }
        }
        return Optional.empty();
    }
}
