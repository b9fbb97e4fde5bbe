package dev.nextstep.image;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects settings under webui's names. What does not fit its field, or comes twice, is kept as an extra. */
final class SettingsBuilder {
    private static final Pattern SIZE = Pattern.compile("\\(?([0-9]{1,9})(?:x|, ?)([0-9]{1,9})\\)?");
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,20}(\\.[0-9]{0,20})?([eE][-+]?[0-9]{1,3})?");

    String tool = "";
    String prompt = "";
    String negativePrompt = "";
    private OptionalInt steps = OptionalInt.empty();
    private String sampler = "";
    private OptionalDouble cfgScale = OptionalDouble.empty();
    private OptionalLong seed = OptionalLong.empty();
    private OptionalInt width = OptionalInt.empty();
    private OptionalInt height = OptionalInt.empty();
    private String model = "";
    private String modelHash = "";
    private final Map<String, String> extra = new LinkedHashMap<>();

    GenerationParameters build() {
        return new GenerationParameters(
                tool, prompt, negativePrompt, steps, sampler, cfgScale, seed, width, height, model, modelHash, extra);
    }

    void put(String name, String value) {
        if (!field(name, value)) {
            extra.put(name, value);
        }
    }

    void putExtra(String name, String value) {
        extra.put(name, value);
    }

    private boolean field(String name, String value) {
        switch (name) {
            case "Steps" -> {
                OptionalInt number = integer(value);
                if (steps.isEmpty() && number.isPresent()) {
                    steps = number;
                    return true;
                }
            }
            case "Width" -> {
                OptionalInt number = integer(value);
                if (width.isEmpty() && number.isPresent()) {
                    width = number;
                    return true;
                }
            }
            case "Height" -> {
                OptionalInt number = integer(value);
                if (height.isEmpty() && number.isPresent()) {
                    height = number;
                    return true;
                }
            }
            case "Size" -> {
                return size(value);
            }
            case "CFG scale" -> {
                if (cfgScale.isEmpty()
                        && NUMBER.matcher(value).matches()
                        && Double.isFinite(Double.parseDouble(value))) {
                    cfgScale = OptionalDouble.of(Double.parseDouble(value));
                    return true;
                }
            }
            case "Seed" -> {
                OptionalLong number = longInteger(value);
                if (seed.isEmpty() && number.isPresent()) {
                    seed = number;
                    return true;
                }
            }
            case "Sampler" -> {
                if (sampler.isEmpty()) {
                    sampler = value;
                    return true;
                }
            }
            case "Model" -> {
                if (model.isEmpty()) {
                    model = value;
                    return true;
                }
            }
            case "Model hash" -> {
                if (modelHash.isEmpty()) {
                    modelHash = value;
                    return true;
                }
            }
            default -> {
                return false;
            }
        }
        return false;
    }

    private boolean size(String value) {
        Matcher matcher = SIZE.matcher(value);
        if (width.isPresent() || height.isPresent() || !matcher.matches()) {
            return false;
        }
        width = OptionalInt.of(Integer.parseInt(matcher.group(1)));
        height = OptionalInt.of(Integer.parseInt(matcher.group(2)));
        return true;
    }

    private static OptionalInt integer(String value) {
        OptionalLong number = longInteger(value);
        return number.isPresent() && number.getAsLong() == (int) number.getAsLong()
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }

    private static OptionalLong longInteger(String value) {
        if (!NUMBER.matcher(value).matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(value));
        } catch (NumberFormatException tooLarge) {
            double number = Double.parseDouble(value);
            // Some tools write whole numbers as 28.0.
            return number == StrictMath.rint(number) && StrictMath.abs(number) < 1L << 53
                    ? OptionalLong.of((long) number)
                    : OptionalLong.empty();
        }
    }
}
