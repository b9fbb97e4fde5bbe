package dev.nextstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void theShippedModelComputesAsTheOfficialCode() throws Exception {
        var result = Cli.onModel("doctor", "--json");
        assertThat(result.code()).as(result.out()).isZero();
        var findings = new ObjectMapper().readTree(result.out()).get("findings");
        assertThat(findings)
                .anySatisfy(f -> {
                    assertThat(f.get("subject").asText()).isEqualTo("self-test");
                    assertThat(f.get("level").asText()).isEqualTo("ok");
                })
                .anySatisfy(f -> assertThat(f.get("text").asText()).contains("GFLOP/s"))
                .noneSatisfy(f -> assertThat(f.get("level").asText()).isEqualTo("problem"));
    }

    @Test
    void aMissingModelIsAProblemWithAdvice() {
        var result = Cli.run("doctor", "--model", folder.resolve("none").toString());
        assertThat(result.code()).isEqualTo(ExitCode.FAILURE.number());
        assertThat(result.out())
                .contains("problem  model", "-> ", "problems: 1")
                .doesNotContain("\033");
    }

    @Test
    void otherWeightsAreNotHeldAgainstTheRecordedNumbers() {
        var model = folder.resolve("m");
        assertThat(Cli.run("convert", Cli.MODEL.toString(), model.toString(), "--type", "bf16")
                        .code())
                .isZero();
        var result = Cli.run("doctor", "--model", model.toString());
        assertThat(result.code()).isZero();
        assertThat(result.out()).contains("warning  self-test");
    }
}
