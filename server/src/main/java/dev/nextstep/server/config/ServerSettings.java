package dev.nextstep.server.config;

import dev.nextstep.data.DataException;
import dev.nextstep.server.store.S3Address;
import dev.nextstep.transformer.KvType;
import dev.nextstep.workflow.config.Settings;
import dev.nextstep.workflow.preset.QualityPreset;
import dev.nextstep.workflow.template.WorkflowLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All settings of a server, checked.
 *
 * @param address where to listen
 * @param port TCP port, 0 for any
 * @param security who is let in
 * @param model directory or name of the model; empty for the one that comes with the program
 * @param threads threads to compute on; empty for all processors
 * @param cache how keys and values are kept
 * @param data folder of pictures and of the embedded database
 * @param workflows folder of workflows that are offered beside those that are built in; need not be there
 * @param presets quality presets of lists, those that are built in too
 * @param database which database
 * @param pictures the store of pictures; empty for the data folder
 * @param queue how the queue works
 * @param limits what one request may ask for
 * @param minFreeDisk free bytes below which nothing is accepted
 * @param logFormat form of the log
 */
public record ServerSettings(
        String address,
        int port,
        SecuritySettings security,
        Optional<String> model,
        OptionalInt threads,
        KvType cache,
        Path data,
        Path workflows,
        List<QualityPreset> presets,
        DatabaseSettings database,
        Optional<S3Address> pictures,
        QueueSettings queue,
        RequestLimits limits,
        long minFreeDisk,
        LogFormat logFormat) {

    private static final int MANY = 1_000_000;

    /** Settings from values that are known to be good, such as those of a test; what is not named has its default. */
    public static ServerSettings of(Map<Setting, String> values) {
        return read(SettingsReader.read(values, Map.of(), Optional.empty()));
    }

    /**
     * Reads settings.
     *
     * @throws SettingException if a value is not what is expected
     */
    public static ServerSettings read(Map<Setting, SettingValue> values) {
        var parser = new SettingParser(new EnumMap<>(values.isEmpty() ? new EnumMap<>(Setting.class) : values));
        var second = Duration.ofSeconds(1);
        var data = parser.optional(Setting.DATA).map(Path::of).orElseGet(DataFolder::ofUser);
        return new ServerSettings(
                parser.text(Setting.ADDRESS),
                parser.integer(Setting.PORT, 0, 65_535),
                new SecurityReader(parser).read(),
                parser.optional(Setting.MODEL),
                parser.optional(Setting.THREADS).isEmpty()
                        ? OptionalInt.empty()
                        : OptionalInt.of(parser.integer(Setting.THREADS, 1, 1024)),
                parser.parsed(Setting.KV_CACHE, "fp32, bf16 or q8", name -> Optional.of(KvType.of(name))),
                data,
                parser.optional(Setting.WORKFLOWS).map(Path::of).orElse(data.resolve(WorkflowLibrary.FOLDER)),
                presets(parser),
                database(parser),
                new PicturesReader(parser).read(),
                new QueueSettings(
                        parser.integer(Setting.PICTURES_AT_ONCE, 1, 1024),
                        parser.integer(Setting.QUEUE_LIMIT, 1, MANY),
                        parser.integer(Setting.QUEUE_LIMIT_PER_KEY, 1, MANY),
                        parser.duration(Setting.RETENTION, second),
                        parser.duration(Setting.WAIT_LIMIT, second),
                        parser.duration(Setting.LEASE, second),
                        parser.integer(Setting.MAX_ATTEMPTS, 1, 1000),
                        parser.duration(Setting.DRAIN, Duration.ZERO)),
                new RequestLimits(
                        parser.integer(Setting.MAX_PICTURES, 1, 4096),
                        parser.integer(Setting.MAX_PROMPTS, 1, 10_000),
                        parser.number(Setting.MAX_PIXELS, 256, 1L << 28),
                        parser.bytes(Setting.MAX_UPLOAD, 1024),
                        parser.number(Setting.MAX_SOURCE_PIXELS, 1, 500_000_000),
                        parser.integer(Setting.MAX_SOURCES, 1, 16)),
                parser.bytes(Setting.MIN_FREE_DISK, 0),
                parser.choice(Setting.LOG_FORMAT, List.of(LogFormat.values())));
    }

    private static List<QualityPreset> presets(SettingParser parser) {
        var file = parser.file(Setting.PRESETS);
        var settings = Settings.defaults();
        if (file.isPresent()) {
            try {
                settings = settings.withFile(
                        Files.readString(file.get()), file.get().toString());
            } catch (DataException e) {
                throw new SettingException(String.valueOf(e.getMessage()), e);
            } catch (IOException e) {
                throw new SettingException("%s: cannot be read as UTF-8 text (%s)".formatted(file.get(), e), e);
            }
        }
        return settings.presets().values().stream().map(Settings.Preset::preset).toList();
    }

    private static DatabaseSettings database(SettingParser parser) {
        var url = parser.optional(Setting.DATABASE);
        if (url.isPresent()) {
            parser.parsed(
                    Setting.DATABASE,
                    "a URL such as jdbc:postgresql://localhost/nextstep",
                    text -> Optional.of(text).filter(t -> t.startsWith("jdbc:postgresql:")));
        }
        return new DatabaseSettings(url, parser.text(Setting.DATABASE_USER), parser.text(Setting.DATABASE_PASSWORD));
    }
}
