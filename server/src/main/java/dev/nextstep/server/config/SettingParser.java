package dev.nextstep.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Values from texts; each error names the place of the text and what would do. */
final class SettingParser {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(B|KB|MB|GB|TB)?", Pattern.CASE_INSENSITIVE);

    private final Map<Setting, SettingValue> values;

    SettingParser(Map<Setting, SettingValue> values) {
        this.values = values;
    }

    /** Its text, or its default. */
    String text(Setting setting) {
        var value = values.get(setting);
        return value == null ? setting.defaultText() : value.text().strip();
    }

    /** Its text; empty if it is not set and has no default. */
    Optional<String> optional(Setting setting) {
        return Optional.of(text(setting)).filter(text -> !text.isEmpty());
    }

    /** A whole number within limits. */
    long number(Setting setting, long least, long most) {
        return parsed(setting, "a whole number from %d to %d".formatted(least, most), text -> {
            long value = Long.parseLong(text);
            return value >= least && value <= most ? Optional.of(value) : Optional.empty();
        });
    }

    /** A whole number within limits. */
    int integer(Setting setting, int least, int most) {
        return (int) number(setting, least, most);
    }

    /** A time such as {@code 30s}. */
    Duration duration(Setting setting, Duration least) {
        return parsed(
                setting, "a time of at least %s, such as 500ms, 30s, 10m, 2h or 7d".formatted(words(least)), t -> {
                    var match = DURATION.matcher(t.toLowerCase(Locale.ROOT));
                    if (!match.matches()) {
                        return Optional.empty();
                    }
                    long amount = Long.parseLong(match.group(1));
                    var duration = switch (match.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    };
                    return Optional.of(duration).filter(d -> d.compareTo(least) >= 0 && d.toDays() <= 36_500);
                });
    }

    private static String words(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    /** A size such as {@code 32MB}, in bytes. */
    long bytes(Setting setting, long least) {
        return parsed(setting, "a size of at least %d bytes, such as 512KB, 32MB or 2GB".formatted(least), text -> {
            var match = SIZE.matcher(text);
            if (!match.matches()) {
                return Optional.empty();
            }
            var unit = match.group(2) == null ? "B" : match.group(2).toUpperCase(Locale.ROOT);
            int shift = 10 * List.of("B", "KB", "MB", "GB", "TB").indexOf(unit);
            long amount = Long.parseLong(match.group(1));
            boolean fits = amount <= Long.MAX_VALUE >> shift;
            return fits && amount << shift >= least ? Optional.of(amount << shift) : Optional.empty();
        });
    }

    /** One of some values, by its name in lower case. */
    <E extends Enum<E>> E choice(Setting setting, List<E> choices) {
        var names = choices.stream().map(e -> e.name().toLowerCase(Locale.ROOT)).toList();
        return parsed(setting, "one of " + String.join(", ", names), text -> {
            int index = names.indexOf(text.toLowerCase(Locale.ROOT));
            return index < 0 ? Optional.empty() : Optional.of(choices.get(index));
        });
    }

    /** A file that is there and can be read; empty if the setting is. */
    Optional<Path> file(Setting setting) {
        return optional(setting).isEmpty()
                ? Optional.empty()
                : Optional.of(parsed(
                        setting,
                        "a file that can be read",
                        text -> Optional.of(Path.of(text))
                                .filter(path -> Files.isRegularFile(path) && Files.isReadable(path))));
    }

    /** Whatever the function makes of the text; empty, or an {@link IllegalArgumentException}, if it is not what is expected. */
    <T> T parsed(Setting setting, String expected, Function<String, Optional<T>> parser) {
        String text = text(setting);
        try {
            var value = parser.apply(text);
            if (value.isPresent()) {
                return value.get();
            }
        } catch (IllegalArgumentException e) {
            throw new SettingException(message(setting, expected, text), e);
        }
        throw new SettingException(message(setting, expected, text));
    }

    private String message(Setting setting, String expected, String text) {
        var value = values.get(setting);
        var place = value == null ? setting.option() : value.place();
        return "%s: expected %s, got '%s'".formatted(place, expected, text);
    }
}
