package dev.nextstep.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.train.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {

    @TempDir
    Path folder;

    @Test
    void showsCurvesKindsNoiseLevelsSamplesAndRecipe() throws IOException {
        var run = MadeUpRun.in(
                Path.of(System.getProperty("report.dir", folder.resolve("run").toString())));
        var html = Files.readString(RunReport.write(run));
        assertThat(html.replaceAll("base64,[^\"]*", ""))
                .contains("Image loss by noise level", "Loss by kind", "Gradient norm", "Tokens per second")
                .contains("t 0.9-1.0", "image_editing", "a red heart")
                .contains("stage: transformer # &lt;made up&gt;")
                .contains("a green apple &lt;script&gt;")
                .doesNotContain("<script", "http", "NaN", "Infinity");
        assertThat(count(html, "<figure>")).isEqualTo(10);
        assertThat(count(html, "data:image/png;base64,")).isEqualTo(30);
        // Every number of a path lies within its picture.
        var points = Pattern.compile("[ML](-?[\\d.]+) (-?[\\d.]+)").matcher(html);
        int found = 0;
        while (points.find()) {
            assertThat(Double.parseDouble(points.group(1))).isBetween(50.0, 630.0);
            assertThat(Double.parseDouble(points.group(2))).isBetween(5.0, 240.0);
            found++;
        }
        assertThat(found).isGreaterThan(2000);
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void aRunThatHasNotBegunHasAReportToo() throws IOException {
        var run = RunFolder.create(folder.resolve("new"), "tokenizer", "stop: {steps: 1}\n");
        assertThat(Files.readString(RunReport.write(run))).contains("tokenizer", "Checkpoints kept");
    }

    @Test
    void smoothingKeepsConstantsAndSkipsGaps() {
        var curve = new Curve("c", new double[] {1, 2, 3, 4}, new double[] {5, 5, Double.NaN, 5});
        assertThat(curve.smoothed(2).values())
                .containsExactly(new double[] {5, 5, 5, 5}, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(curve.last()).isEqualTo(5);
        var many = new Curve("l", new double[1000], new double[1000]);
        assertThat(many.thinned(100).size()).isEqualTo(100);
    }

    @Test
    void ticksAreRound() {
        assertThat(Ticks.linear(0, 0.97, 5)).containsExactly(new Double[] {0.0, 0.2, 0.4, 0.6000000000000001, 0.8});
        assertThat(Ticks.logarithmic(0.09, 12)).containsExactly(new Double[] {0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0});
        assertThat(List.of(0.0, 1500.0, 2e6, 0.25, 0.6000000000000001, 1e-5).stream()
                        .map(Ticks::text))
                .containsExactly("0", "1.5k", "2M", "0.25", "0.6", "1.0e-05");
    }
}
