package dev.nextstep.data.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterSettingsTest {
    @Test
    void allSteps() {
        var filters = FilterSettings.parse("""
                filters:
                  - size: {min_width: 64, min_height: 32}
                  - aspect_ratio: {max: 6}
                  - area: {min: 65536, max: 1048576}
                  - field: {name: aesthetic, bound: -5.5}
                  - keywords: {words: [watermark, stock photo], drop_probability: 0.5, seed: 42}
                  - sharpness: {min: 30}
                  - text_share: {max: 0.05}
                  - near_duplicate: {max_distance: 3}
                """, "all.yaml");
        assertThat(filters)
                .map(Filter::name)
                .containsExactly(
                        "size",
                        "aspect_ratio",
                        "area",
                        "field aesthetic",
                        "keywords",
                        "sharpness",
                        "text_share",
                        "near_duplicate");
        assertThat(filters.getFirst()).isEqualTo(new SizeFilter(64, 32));
        assertThat(filters.get(3)).isEqualTo(new FieldFilter("aesthetic", -5.5));
        assertThat(filters).map(Filter::rule).allMatch(rule -> !rule.isBlank());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filters:\\n  - size: {min_width: 64}\\n  - colour: {max: 1}|f.yaml:3: filters[1]: unknown key 'colour'",
                "filters:\\n  - size:\\n      min_width: 64\\n      min_hight: 32|f.yaml:4: filters[0].size: unknown key 'min_hight'; did you mean 'min_height'?",
                "filters:\\n\\n  - aspect_ratio: {max: 0.5}|f.yaml:3: filters[0].aspect_ratio: the largest aspect ratio must be at least 1",
                "filters:\\n  - aspect_ratio: {max: wide}|f.yaml:2: filters[0].aspect_ratio.max: expected a number, got 'wide'",
                "filters:\\n  - aspect_ratio: {}|f.yaml:2: filters[0].aspect_ratio: lacks 'max'",
                "filters:\\n  - size: {min_width: 1.5}|expected a whole number",
                "filters:\\n  - {size: {}, area: {}}|each step is one name",
                "filters: 3|expected a list",
                "steps: []|f.yaml:1: unknown key 'steps'",
                "filters: [|is not valid YAML",
                "''|is empty",
            })
    void mistakesAreNamedWithTheirLine(String yaml, String message) {
        assertThatThrownBy(() -> FilterSettings.parse(yaml.replace("\\n", "\n"), "f.yaml"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }
}
