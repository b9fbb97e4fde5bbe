package dev.nextstep.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubSettingsTest {
    @TempDir
    private Path home = Path.of("unset");

    private HubSettings of(Map<String, String> environment) {
        return HubSettings.fromEnvironment(environment, home);
    }

    @Test
    void anEmptyEnvironmentMeansThePublicHub() {
        var settings = of(Map.of("HF_TOKEN", " ", "HF_ENDPOINT", ""));
        assertThat(settings.endpoint()).isEqualTo(URI.create("https://huggingface.co"));
        assertThat(settings.token()).isEmpty();
        assertThat(settings.cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
        assertThat(settings.access()).isEqualTo(HubAccess.ONLINE);
    }

    @Test
    void theCacheIsWhereOtherClientsLook() {
        assertThat(of(Map.of("XDG_CACHE_HOME", "/x")).cache()).isEqualTo(Path.of("/x/huggingface/hub"));
        assertThat(of(Map.of("XDG_CACHE_HOME", "/x", "HF_HOME", "/h")).cache()).isEqualTo(Path.of("/h/hub"));
        assertThat(of(Map.of("HF_HOME", "/h", "HUGGINGFACE_HUB_CACHE", "/old")).cache())
                .isEqualTo(Path.of("/old"));
        assertThat(of(Map.of("HF_HUB_CACHE", "~/new", "HUGGINGFACE_HUB_CACHE", "/old"))
                        .cache())
                .isEqualTo(home.resolve("new"));
    }

    @Test
    void theTokenComesFromTheVariableThenTheFile() throws IOException {
        var file = home.resolve("hf/token");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "hf_file\n");
        var environment = Map.of("HF_HOME", home.resolve("hf").toString());
        assertThat(of(environment).token()).contains("hf_file");
        assertThat(of(Map.of("HF_TOKEN_PATH", file.toString())).token()).contains("hf_file");
        assertThat(of(Map.of("HF_TOKEN", " hf_variable\n", "HF_TOKEN_PATH", file.toString()))
                        .token())
                .contains("hf_variable");
        assertThat(of(Map.of("HF_TOKEN", "x", "HF_HUB_DISABLE_IMPLICIT_TOKEN", "1"))
                        .token())
                .isEmpty();
        assertThat(of(environment)).asString().doesNotContain("hf_file");
    }

    @Test
    void offlineIsSaidInSeveralWays() {
        for (var yes : new String[] {"1", "true", "Yes", "ON"}) {
            assertThat(of(Map.of("HF_HUB_OFFLINE", yes)).access()).isEqualTo(HubAccess.OFFLINE);
        }
        assertThat(of(Map.of("TRANSFORMERS_OFFLINE", "1")).access()).isEqualTo(HubAccess.OFFLINE);
        assertThat(of(Map.of("HF_HUB_OFFLINE", "0", "TRANSFORMERS_OFFLINE", "1"))
                        .access())
                .isEqualTo(HubAccess.ONLINE);
    }

    @Test
    void anEndpointMayHaveAPathAndASlash() {
        assertThat(of(Map.of("HF_ENDPOINT", "http://mirror:8080/hub/")).endpoint())
                .isEqualTo(URI.create("http://mirror:8080/hub"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"huggingface.co", "ftp://x", "https://", "https://u:p@x", "https://x?y", "h ttps://x"})
    void otherEndpointsAreRefused(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(Map.of("HF_ENDPOINT", endpoint)))
                .withMessageContaining("HF_ENDPOINT")
                .withMessageNotContaining("u:p");
    }

    @Test
    void aTokenOfTwoLinesIsRefusedWithoutShowingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(Map.of("HF_TOKEN", "hf_a\nhf_b")))
                .withMessageNotContaining("hf_a");
    }
}
