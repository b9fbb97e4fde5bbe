package dev.nextstep.workflow.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What values a setting takes. */
public sealed interface SettingKind {
    /**
     * A whole number.
     *
     * @param least allowed
     * @param most allowed
     */
    record Whole(long least, long most) implements SettingKind {
        @Override
        public Object parse(String text) {
            try {
                long value = Long.parseLong(text.strip());
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "is '%s', allowed is a whole number from %d to %d".formatted(text, least, most), e);
            }
            throw new IllegalArgumentException("is %s, allowed is %d to %d".formatted(text.strip(), least, most));
        }
    }

    /**
     * A number.
     *
     * @param least allowed
     * @param most allowed
     */
    record Decimal(double least, double most) implements SettingKind {
        @Override
        public Object parse(String text) {
            try {
                double value = Double.parseDouble(text.strip());
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "is '%s', allowed is a number from %s to %s".formatted(text, least, most), e);
            }
            throw new IllegalArgumentException("is %s, allowed is %s to %s".formatted(text.strip(), least, most));
        }
    }

    /** Yes or no. */
    record Choice() implements SettingKind {
        @Override
        public Object parse(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "true", "yes", "on" -> true;
                case "false", "no", "off" -> false;
                default -> throw new IllegalArgumentException("is '%s', allowed is true or false".formatted(text));
            };
        }
    }

    /**
     * One of some words.
     *
     * @param words in lower case
     */
    record Word(List<String> words) implements SettingKind {
        @Override
        public Object parse(String text) {
            String word = text.strip().toLowerCase(Locale.ROOT);
            if (words.contains(word)) {
                return word;
            }
            throw new IllegalArgumentException("is '%s', allowed is %s".formatted(text, String.join(", ", words)));
        }
    }

    /**
     * A list of some words, each once, at least one.
     *
     * @param words in lower case
     */
    record Words(List<String> words) implements SettingKind {
        @Override
        public Object parse(String text) {
            var chosen = Arrays.stream(text.replaceAll("[\\[\\]]", "").split(","))
                    .map(word -> word.strip().toLowerCase(Locale.ROOT))
                    .filter(word -> !word.isEmpty())
                    .distinct()
                    .toList();
            if (chosen.isEmpty() || !words.containsAll(chosen)) {
                throw new IllegalArgumentException(
                        "is '%s', allowed is a list of %s".formatted(text, String.join(", ", words)));
            }
            return chosen;
        }
    }

    /** Any text. */
    record Text() implements SettingKind {
        @Override
        public Object parse(String text) {
            return text;
        }
    }

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException if it is not allowed; the message goes behind the name of the setting
     */
    Object parse(String text);
}
