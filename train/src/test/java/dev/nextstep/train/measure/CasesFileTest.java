package dev.nextstep.train.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CasesFileTest {
    @TempDir
    Path folder;

    @Test
    void casesComeBackAsTheyWereWritten() throws IOException {
        var apple = new PictureName("1f34e", "noto");
        var blob = new PictureName("1f34e", "blob");
        var cases = new CasesFile(
                List.of(new CaptionCase("red apple, noto style", apple)),
                List.of(new CaptionCase("red apple, \"blob\" style", blob)),
                List.of(new EditCase("style", "in blob style", apple, blob)),
                List.of(blob));
        Path file = folder.resolve("cases.json");
        cases.write(file);
        assertThat(CasesFile.read(file)).isEqualTo(cases);
        assertThat(CasesFile.of(cases)).isEqualTo(cases);
    }

    @Test
    void filesAreJoinedAndKindsOfEditsChosen() {
        var apple = new PictureName("1f34e", "noto");
        var blob = new PictureName("1f34e", "blob");
        var style = new EditCase("style", "in blob style", apple, blob);
        var tone = new EditCase("tone", "dark skin tone", apple, blob);
        var prompt = new CaptionCase("red apple, noto style", apple);
        var one = new CasesFile(List.of(prompt), List.of(), List.of(style), List.of(blob));
        var other = new CasesFile(List.of(prompt), List.of(prompt), List.of(tone, style), List.of(apple));
        assertThat(one.and(other))
                .isEqualTo(new CasesFile(List.of(prompt), List.of(prompt), List.of(style, tone), List.of(blob, apple)));
        assertThat(one.and(other).withEditsOf(Set.of("tone")).edits()).containsExactly(tone);
        assertThat(one.and(other).withEditsOf(Set.of()).edits()).hasSize(2);
    }

    @Test
    void damageIsNamedWithItsPlace() throws IOException {
        Path file = folder.resolve("cases.json");
        assertThatThrownBy(() -> CasesFile.read(file))
                .isInstanceOf(MeasureException.class)
                .hasMessageContaining("no such file");
        Files.writeString(file, "{\"seen\": [{\"caption\": \"x\", \"hexcode\": \"1f34e\", \"style\": \"noto\"}, {}]}");
        assertThatThrownBy(() -> CasesFile.read(file))
                .isInstanceOf(MeasureException.class)
                .hasMessageContaining("entry 1 of 'seen'")
                .hasMessageContaining("caption");
        Files.writeString(file, "{\"edits\": [{\"kind\": \"x\", \"instruction\": \"y\"}]}");
        assertThatThrownBy(() -> CasesFile.read(file)).hasMessageContaining("entry 0 of 'edits'");
        Files.writeString(file, "{\"reconstructions\": [{\"hexcode\": \"../x\", \"style\": \"noto\"}]}");
        assertThatThrownBy(() -> CasesFile.read(file)).hasMessageContaining("../x");
        Files.writeString(file, "[");
        assertThatThrownBy(() -> CasesFile.read(file)).isInstanceOf(MeasureException.class);
        Files.writeString(file, "[]");
        assertThatThrownBy(() -> CasesFile.read(file)).hasMessageContaining("no JSON object");
    }
}
