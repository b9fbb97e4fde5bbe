package dev.nextstep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.cli.OutputNames.Existing;
import dev.nextstep.cli.OutputNames.Fields;
import dev.nextstep.image.PictureFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pictures are called. */
class OutputNamesTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 3, 4, 5, 6, 7);
    private static final Fields ONE = new Fields("A Cat, on: a/mat!", 7, 2, "org/Model-1.1@main", 64, 32);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private String name(String template) {
        var names = OutputNames.of(folder.resolve(template).toString(), "nextstep", null, Existing.KEEP, NOW);
        names.plan(List.of(ONE));
        return folder.relativize(names.next(ONE)).toString();
    }

    @Test
    void fieldsAreFilledIn() {
        assertThat(name("{prompt}.png")).isEqualTo("a-cat-on-a-mat.png");
        assertThat(name("{model}_{seed}_{index}.webp")).isEqualTo("model-1-1-main_7_2.webp");
        assertThat(name("{date}T{time} {width}x{height}.jpg")).isEqualTo("2026-03-04T05-06-07 64x32.jpg");
        assertThat(name("plain")).isEqualTo("plain.png");
    }

    @Test
    void slugsAreSafeFileNames() {
        assertThat(OutputNames.slug("../../etc/passwd")).isEqualTo("etc-passwd");
        assertThat(OutputNames.slug("CON: \u0000\n\"?*<>|")).isEqualTo("con");
        assertThat(OutputNames.slug("Ein rötes 心 🍎")).isEqualTo("ein-rötes-心-🍎");
        assertThat(OutputNames.slug("")).isEqualTo("picture");
        assertThat(OutputNames.slug("..")).isEqualTo("picture");
        assertThat(OutputNames.slug("心".repeat(500)).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .hasSizeLessThan(130);
    }

    @Test
    void samePicturesAreNumberedAndTakenNamesPassedOver() throws IOException {
        var second = new Fields("x", 8, 0, "m", 1, 1);
        var names = OutputNames.of(folder.resolve("a.png").toString(), "n", null, Existing.KEEP, NOW);
        names.plan(List.of(ONE, second));
        Files.createFile(folder.resolve("a-2.png"));
        assertThat(names.next(ONE)).hasFileName("a-1.png");
        assertThat(names.next(second)).hasFileName("a-3.png");
        var forced = OutputNames.of(folder.resolve("{width}.png").toString(), "n", null, Existing.REPLACE, NOW);
        forced.plan(List.of(second, second));
        Files.createFile(folder.resolve("1-1.png"));
        assertThat(forced.next(second)).hasFileName("1-1.png");
        var distinct = OutputNames.of(folder.resolve("{seed}.png").toString(), "n", null, Existing.KEEP, NOW);
        distinct.plan(List.of(ONE, second));
        assertThat(distinct.next(ONE)).hasFileName("7.png");
    }

    @Test
    void defaultNamesAndFoldersKeepWhatIsThere() throws IOException {
        Files.createFile(folder.resolve("nextstep.jpg"));
        var names = OutputNames.of(folder.toString(), "nextstep", PictureFormat.JPEG, Existing.KEEP, NOW);
        names.plan(List.of(ONE));
        assertThat(names.next(ONE)).isEqualTo(folder.resolve("nextstep-2.jpg"));
        assertThat(OutputNames.of(null, "nextstep", null, Existing.KEEP, NOW).next(ONE))
                .isEqualTo(Path.of("nextstep.png"));
    }

    @Test
    void mistakesAreSaid() {
        assertThatThrownBy(() -> name("{nope}.png"))
                .hasMessageContaining("{nope}")
                .hasMessageContaining("{prompt}");
        assertThatThrownBy(() -> OutputNames.of("a.webp", "n", PictureFormat.PNG, Existing.KEEP, NOW))
                .hasMessageContaining("contradict");
    }

    @Test
    void roomIsCheckedBeforehand() {
        assertThatThrownBy(() -> OutputFolder.requireRoom(folder, 1000, 999))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("999 bytes free");
        assertThatThrownBy(() -> OutputFolder.require(folder, Long.MAX_VALUE)).hasMessageContaining("bytes free");
        OutputFolder.require(folder, 1);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void commandsCanBePastedIntoAShell() {
        assertThat(ShellText.of(List.of("./nextstep", "it's $HOME", "", "a-b.png", "心")))
                .isEqualTo("./nextstep 'it'\\''s $HOME' '' a-b.png '心'");
    }
}
