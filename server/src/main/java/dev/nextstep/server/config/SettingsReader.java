package dev.nextstep.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * Collects settings: the command line comes before the environment, the environment before the file. A name that is not
 * known is an error everywhere, so that a misspelled setting is never ignored.
 */
public final class SettingsReader {
    /** Longest file that is read, in bytes. */
    private static final long LONGEST_FILE = 1 << 20;

    private SettingsReader() {}

    /**
     * All that is set, by name.
     *
     * @param options values of the command line
     * @param environment all variables; those that do not begin with {@link Setting#ENVIRONMENT_PREFIX} are not looked at
     * @param file a YAML file of names and values, if there is one
     * @throws SettingException if a name is unknown or the file cannot be read
     */
    public static Map<Setting, SettingValue> read(
            Map<Setting, String> options, Map<String, String> environment, Optional<Path> file) {
        var values = new EnumMap<Setting, SettingValue>(Setting.class);
        file.ifPresent(path -> values.putAll(ofFile(path)));
        values.putAll(ofEnvironment(environment));
        options.forEach((setting, text) -> values.put(setting, new SettingValue(text, setting.option())));
        return values;
    }

    private static Map<Setting, SettingValue> ofEnvironment(Map<String, String> environment) {
        var values = new EnumMap<Setting, SettingValue>(Setting.class);
        new TreeMap<>(environment).forEach((name, text) -> {
            if (!name.startsWith(Setting.ENVIRONMENT_PREFIX)) {
                return;
            }
            var setting = Setting.ofVariable(name)
                    .orElseThrow(() -> new SettingException(
                            name + " in the environment is not a setting; 'nextstep serve --help' lists them"));
            values.put(setting, new SettingValue(text, name));
        });
        return values;
    }

    private static Map<Setting, SettingValue> ofFile(Path file) {
        var values = new EnumMap<Setting, SettingValue>(Setting.class);
        switch (parsed(file)) {
            case null -> {
                return values; // an empty file sets nothing
            }
            case Map<?, ?> map ->
                map.forEach((name, value) -> {
                    var setting = Setting.ofKey(String.valueOf(name))
                            .orElseThrow(() ->
                                    new SettingException("%s: '%s' is not a setting; 'nextstep serve --help' lists them"
                                            .formatted(file, name)));
                    if (!(value instanceof String text)) {
                        throw new SettingException("%s: %s needs one value, such as '%s: %s'"
                                .formatted(file, name, name, setting.defaultText()));
                    }
                    values.put(setting, new SettingValue(text, file + ": " + name));
                });
            default -> throw new SettingException(file + ": expected lines such as 'port: 8080'");
        }
        return values;
    }

    @SuppressWarnings("NullAway") // the library returns null for an empty file
    private static Object parsed(Path file) {
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new SettingException(file + ": has more than " + LONGEST_FILE + " bytes; it holds no settings");
            }
            var settings = LoadSettings.builder()
                    .setLabel(file.toString())
                    .setSchema(new Texts())
                    .setAllowDuplicateKeys(false)
                    .build();
            return new Load(settings).loadFromString(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new SettingException(file + ": no such file", e);
        } catch (IOException e) {
            throw new SettingException(file + ": cannot be read: " + e.getMessage(), e);
        } catch (YamlEngineException e) {
            throw new SettingException(file + ": is not valid YAML: " + e.getMessage(), e);
        }
    }

    /** Every scalar is a text, so that 010 and 1e3 are what was written. */
    private static final class Texts extends JsonSchema {
        @Override
        public ScalarResolver getScalarResolver() {
            return (text, isPlain) -> Tag.STR;
        }
    }
}
