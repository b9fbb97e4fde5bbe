package dev.nextstep.workflow.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.data.DataException;
import dev.nextstep.workflow.preset.QualityPreset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final String FILE = """
            batch_size: 8
            output_formats: [png, webp]
            quality:
              attempts: 3
            quality_presets:
              draft:
                steps: 12
              poster: {size: 1536, guidance: 9}
            """;

    @Test
    void laterLayersReplaceSingleValues() {
        var settings = Settings.defaults()
                .withFile(FILE, "nextstep.yaml")
                .withEnvironment(Map.of("NEXTSTEP_BATCH_SIZE", "2", "NEXTSTEP_QUALITY_MIN", "0.5", "PATH", "x"))
                .withFlag(SettingKey.BATCH_SIZE, "--batch-size", "1");
        assertThat(settings.get(SettingKey.BATCH_SIZE))
                .isEqualTo(new Settings.Value(1L, new Origin.Flag("--batch-size")));
        assertThat(settings.whole(SettingKey.ATTEMPTS)).isEqualTo(3);
        assertThat(settings.get(SettingKey.ATTEMPTS).origin().text()).isEqualTo("nextstep.yaml:4");
        assertThat(settings.number(SettingKey.MIN_QUALITY)).isEqualTo(0.5);
        assertThat(settings.get(SettingKey.MIN_QUALITY).origin().text()).isEqualTo("NEXTSTEP_QUALITY_MIN");
        assertThat(settings.words(SettingKey.OUTPUT_FORMATS)).isEqualTo(List.of("png", "webp"));
        assertThat(settings.get(SettingKey.RETRIES).origin().text()).isEqualTo("default");
        assertThat(settings.isOn(SettingKey.METADATA_TRACKING)).isTrue();
    }

    @Test
    void presetsAreMergedAndAdded() {
        var settings = Settings.defaults().withFile(FILE, "nextstep.yaml");
        assertThat(settings.preset("draft")).isEqualTo(new QualityPreset("draft", 512, 12, 6.0));
        assertThat(settings.preset("poster")).isEqualTo(new QualityPreset("poster", 1536, 28, 9));
        assertThat(settings.preset("premium")).isEqualTo(QualityPreset.PREMIUM);
        assertThat(settings.presets().keySet())
                .containsExactly("draft", "standard", "premium", "educational", "poster");
        assertThatThrownBy(() -> settings.preset("fine"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("draft, standard");
    }

    @Test
    void jsonIsTaken() {
        var settings =
                Settings.defaults().withFile("{\"batch_size\": 16, \"prompts\": {\"positive\": \"sharp\"}}", "c.json");
        assertThat(settings.whole(SettingKey.BATCH_SIZE)).isEqualTo(16);
        assertThat(settings.text(SettingKey.POSITIVE_PROMPT)).isEqualTo("sharp");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            batch_sice: 3 | c.yaml:1: | batch_size
            batch_size: many | c.yaml:1: | whole number
            batch_size: 0 | c.yaml:1: | 1 to 1024
            batch_size: [1, 2] | c.yaml:1: | one value
            output_formats: [gif] | c.yaml:1: | png, jpg, webp
            metadata_tracking: perhaps | c.yaml:1: | true or false
            quality: {minimum: 1} | c.yaml:1: | min
            quality_presets: {draft: {size: 7}} | c.yaml:1: | 64 to 4096
            quality_presets: {draft: {sise: 512}} | c.yaml:1: | size
            quality_presets: {"Bad Name": {size: 512}} | c.yaml:1: | lower-case
            """)
    void mistakesAreToldWithLineAndWhatIsAllowed(String text, String place, String hint) {
        assertThatThrownBy(() -> Settings.defaults().withFile(text, "c.yaml"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(hint);
    }

    @Test
    void badVariablesAndFlagsAreNamed() {
        assertThatThrownBy(() -> Settings.defaults().withEnvironment(Map.of("NEXTSTEP_RETRIES", "-1")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("NEXTSTEP_RETRIES")
                .hasMessageContaining("0 to 100");
        assertThatThrownBy(() -> Settings.defaults().withFlag(SettingKey.MIN_QUALITY, "--min-quality", "2"))
                .hasMessageContaining("--min-quality");
    }
}
