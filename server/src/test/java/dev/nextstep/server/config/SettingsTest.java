package dev.nextstep.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One name for each setting, whichever way it is set; nothing misspelled is ignored. */
class SettingsTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("server.yaml"), text);
    }

    @Test
    void commandLineComesBeforeEnvironmentBeforeFile() throws IOException {
        var file = file("port: 1\nqueue-limit: 2\n# a comment\nretention: 3h\n");
        var environment = Map.of("NEXTSTEP_SERVE_PORT", "10", "NEXTSTEP_SERVE_QUEUE_LIMIT", "20", "PATH", "x");
        var settings =
                ServerSettings.read(SettingsReader.read(Map.of(Setting.PORT, "100"), environment, Optional.of(file)));
        assertThat(settings.port()).isEqualTo(100);
        assertThat(settings.queue().limit()).isEqualTo(20);
        assertThat(settings.queue().retention()).isEqualTo(Duration.ofHours(3));
        assertThat(settings.queue().picturesAtOnce()).as("by default").isEqualTo(32);
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void everySettingHasOneNameEverywhere(Setting setting) throws IOException {
        assertThat(Setting.ofKey(setting.key())).contains(setting);
        assertThat(Setting.ofVariable(setting.variable())).contains(setting);
        assertThat(setting.option()).isEqualTo("--" + setting.key());
        var read = SettingsReader.read(Map.of(), Map.of(), Optional.of(file(setting.key() + ": 'x y'\n")));
        assertThat(read.keySet()).containsExactly(setting);
        assertThat(read.values()).extracting(SettingValue::text).containsExactly("x y");
        assertThat(setting.description()).endsWith(".");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PORT            | 65536   | from 0 to 65535
                    PORT            | web     | a whole number
                    QUEUE_LIMIT     | 0       | from 1
                    KV_CACHE        | fp64    | fp32, bf16 or q8
                    RETENTION       | 7       | such as 500ms
                    RETENTION       | 10ms    | at least 1s
                    MAX_UPLOAD      | 1 MB    | such as 512KB
                    MAX_UPLOAD      | 99999999TB | a size
                    LOG_FORMAT      | xml     | one of text, json
                    DATABASE        | mysql://x | jdbc:postgresql://
                    THREADS         | 0       | from 1 to 1024
                    """)
    void valuesOutOfRangeAreRefusedWithTheirPlace(Setting setting, String text, String expected) {
        var values = new EnumMap<Setting, String>(Setting.class);
        values.put(setting, text);
        assertThatThrownBy(() -> ServerSettings.of(values))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(setting.option() + ": ")
                .hasMessageContaining(expected)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void theMessageNamesTheFileOrTheVariable() throws IOException {
        var file = file("port: many");
        assertThatThrownBy(() -> ServerSettings.read(SettingsReader.read(Map.of(), Map.of(), Optional.of(file))))
                .hasMessageStartingWith(file + ": port: expected");
        assertThatThrownBy(() -> ServerSettings.read(
                        SettingsReader.read(Map.of(), Map.of("NEXTSTEP_SERVE_PORT", "many"), Optional.empty())))
                .hasMessageStartingWith("NEXTSTEP_SERVE_PORT: expected");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ports: 1             | is not a setting
                    port: [1, 2]         | port needs one value
                    port: {a: 1}         | port needs one value
                    - port               | expected lines such as
                    'port: 1\\nport: 2'  | is not valid YAML
                    port: \"             | is not valid YAML
                    """)
    void filesThatAreNotSettingsAreRefused(String text, String expected) throws IOException {
        var file = file(text.replace("\\n", "\n"));
        assertThatThrownBy(() -> SettingsReader.read(Map.of(), Map.of(), Optional.of(file)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(expected);
    }

    @Test
    void unknownVariablesAndMissingFilesAreRefused() throws IOException {
        assertThatThrownBy(() -> SettingsReader.read(Map.of(), Map.of("NEXTSTEP_SERVE_PORTS", "1"), Optional.empty()))
                .hasMessageContaining("NEXTSTEP_SERVE_PORTS");
        assertThatThrownBy(() -> SettingsReader.read(Map.of(), Map.of(), Optional.of(folder.resolve("none"))))
                .hasMessageContaining("no such file");
        assertThat(SettingsReader.read(Map.of(), Map.of(), Optional.of(file(""))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    quality_presets: {poster: {steps: 0}}  | :1:
                    quality_presets: {poster: {step: 4}}   | did you mean 'steps'
                    batch_sizes: 1                         | unknown key
                    """)
    void presetsThatAreNoneAreRefusedWithTheirPlace(String text, String expected) throws IOException {
        var file = file(text);
        assertThatThrownBy(() -> ServerSettings.of(Map.of(Setting.PRESETS, file.toString())))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(expected);
        assertThatThrownBy(() -> ServerSettings.of(
                        Map.of(Setting.PRESETS, folder.resolve("none").toString())))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("a file that can be read");
    }

    @Test
    void passwordsAreNotShown() {
        var settings = ServerSettings.of(Map.of(Setting.DATABASE_PASSWORD, "secret"));
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    s3://gallery      | ''                          | gallery.s3.eu-west-1.amazonaws.com/ | ''
                    s3://gallery/a/b/ | ''                          | gallery.s3.eu-west-1.amazonaws.com/ | a/b/
                    s3://gallery      | https://s3.example.org:9000 | s3.example.org:9000/gallery/        | ''
                    """)
    void bucketsHaveAddresses(String pictures, String endpoint, String place, String prefix) {
        var values = new EnumMap<Setting, String>(Setting.class);
        values.put(Setting.PICTURES, pictures);
        values.put(Setting.S3_REGION, "eu-west-1");
        values.put(Setting.S3_ACCESS_KEY, "id");
        values.put(Setting.S3_SECRET_KEY, "hidden");
        values.put(Setting.S3_ENDPOINT, endpoint);
        var settings = ServerSettings.of(values);
        var address = settings.pictures().orElseThrow();
        assertThat(address.place()).isEqualTo("https://" + place);
        assertThat(address.prefix()).isEqualTo(prefix);
        assertThat(settings.toString()).doesNotContain("hidden");
    }

    @Test
    void pathStyleCanBeChosen() {
        var settings = ServerSettings.of(Map.of(Setting.PICTURES, "s3://gallery", Setting.S3_PATH_STYLE, "yes"));
        assertThat(settings.pictures().orElseThrow().place()).isEqualTo("https://s3.us-east-1.amazonaws.com/gallery/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PICTURES      | file:///pictures    | s3://BUCKET
                    PICTURES      | s3://Gallery        | s3://BUCKET
                    S3_ENDPOINT   | s3.example.org      | https://s3.example.org:9000
                    S3_ENDPOINT   | https://a.org/path  | https://s3.example.org:9000
                    S3_PATH_STYLE | maybe               | yes, no or auto
                    S3_ACCESS_KEY | id                  | belong together
                    """)
    void whatIsNoBucketIsRefused(Setting setting, String value, String expected) {
        var values = new EnumMap<Setting, String>(Setting.class);
        values.put(Setting.PICTURES, "s3://gallery");
        values.put(setting, value);
        assertThatThrownBy(() -> ServerSettings.of(values))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(setting.option())
                .hasMessageContaining(expected);
    }
}
