package dev.nextstep.workflow.template;

import java.util.LinkedHashMap;
import java.util.Map;

/** What values a parameter takes. */
public sealed interface ParameterKind {
    /** Longest text that any template may allow. */
    int LONGEST_TEXT = 2000;

    /**
     * A text on one line.
     *
     * @param longest characters, 1 to {@value #LONGEST_TEXT}
     */
    record Text(int longest) implements ParameterKind {
        /** Checks the range. */
        public Text {
            if (longest < 1 || longest > LONGEST_TEXT) {
                throw new IllegalArgumentException(
                        "max_length is %d, allowed is 1 to %d".formatted(longest, LONGEST_TEXT));
            }
        }

        @Override
        public String checked(String value) {
            String text = value.strip();
            if (text.isEmpty()) {
                throw new IllegalArgumentException("is empty; give a text");
            }
            if (text.codePoints().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("has line breaks or control characters; give one line of text");
            }
            int length = text.codePointCount(0, text.length());
            if (length > longest) {
                throw new IllegalArgumentException("has %d characters, allowed are %d".formatted(length, longest));
            }
            return text;
        }

        @Override
        public String describe() {
            return "text of up to %d characters".formatted(longest);
        }
    }

    /**
     * One of some names.
     *
     * @param words of each name, which stand in prompts for it
     */
    record Choice(Map<String, String> words) implements ParameterKind {
        /** Keeps the order. */
        public Choice {
            if (words.isEmpty()) {
                throw new IllegalArgumentException("a choice needs at least one name");
            }
            words = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(words));
        }

        @Override
        public String checked(String value) {
            String name = value.strip();
            if (!words.containsKey(name)) {
                throw new IllegalArgumentException(
                        "is '%s', allowed is %s".formatted(shortened(value), String.join(", ", words.keySet())));
            }
            return name;
        }

        @Override
        public String inPrompt(String value) {
            return words.getOrDefault(value, value);
        }

        @Override
        public String describe() {
            return "one of " + String.join(", ", words.keySet());
        }
    }

    /**
     * A whole number.
     *
     * @param least allowed
     * @param most allowed
     */
    record Whole(int least, int most) implements ParameterKind {
        /** Checks the range. */
        public Whole {
            if (least > most) {
                throw new IllegalArgumentException("min %d is above max %d".formatted(least, most));
            }
        }

        @Override
        public String checked(String value) {
            try {
                int number = Integer.parseInt(value.strip());
                if (number >= least && number <= most) {
                    return String.valueOf(number);
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(refusal(value), e);
            }
            throw new IllegalArgumentException(refusal(value));
        }

        private String refusal(String value) {
            return "is '%s', allowed is a whole number from %d to %d".formatted(shortened(value), least, most);
        }

        @Override
        public String describe() {
            return "whole number from %d to %d".formatted(least, most);
        }
    }

    /**
     * The value as it is kept.
     *
     * @throws IllegalArgumentException if it is not allowed; the message goes behind the name of the parameter
     */
    String checked(String value);

    /** What stands in a prompt for a value. */
    default String inPrompt(String value) {
        return value;
    }

    /** For people. */
    String describe();

    private static String shortened(String value) {
        String plain = value.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= 60 ? plain : plain.substring(0, 59) + "…";
    }
}
