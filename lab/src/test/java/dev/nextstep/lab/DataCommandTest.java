package dev.nextstep.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.data.DataJson;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DataCommandTest {
    @TempDir
    Path folder;

    private record Result(int code, String out, String err) {}

    private static Result run(Object... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = new CommandLine(new DataCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Arrays.stream(args).map(String::valueOf).toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    private Path pictures() throws IOException {
        Path own = Files.createDirectory(folder.resolve("own"));
        for (int i = 0; i < 6; i++) {
            byte[] rgb = new byte[3 * 16 * (16 + i)];
            Arrays.fill(rgb, (byte) (30 * i));
            PictureWriter.write(own.resolve("p" + i + ".png"), Pixels.of(16 + i, 16, rgb));
            Files.writeString(own.resolve("p" + i + ".txt"), "picture " + i);
        }
        Files.writeString(own.resolve("note.txt"), "a text");
        PictureWriter.write(own.resolve("lonely.png"), Pixels.of(1, 1, new byte[3]));
        return own;
    }

    @Test
    void buildCheckShowIndex() throws IOException {
        Path own = pictures();
        Path data = folder.resolve("data");
        Path filters = Files.writeString(folder.resolve("f.yaml"), "filters:\n  - size: {min_width: 18}\n");
        var built = run("build", own, data, "--filters", filters, "--report", folder.resolve("report"));
        assertThat(built.code()).as(built.err()).isZero();
        assertThat(built.out())
                .contains("5 samples", "image_text_pair  4", "nlp              1")
                .contains("dropped by size: 2 of 7", "gave no sample: 1", "lonely.txt");
        assertThat(folder.resolve("report/report.html")).exists();

        var checked = run("check", data);
        assertThat(checked.code()).isZero();
        assertThat(checked.out()).contains("data/image_text_pair: 4 of 4 samples good, 1 shards");

        Path page = folder.resolve("page.html");
        var shown = run("show", data, "--out", page, "--kind", "image_text_pair", "--json");
        assertThat(shown.code()).isZero();
        assertThat(DataJson.parseObject(shown.out().getBytes(StandardCharsets.UTF_8), "out"))
                .containsEntry("samples", 4);
        assertThat(page).content().contains("picture 5").doesNotContain("a text");

        Files.delete(data.resolve("pretrain_data.json"));
        assertThat(run("check", data).code()).isEqualTo(3);
        var indexed = run("index", data);
        assertThat(indexed.code()).isZero();
        assertThat(indexed.out()).contains("data/image_text_pair: 4 samples", "data/nlp: 1 samples");
        assertThat(run("check", data).code()).isZero();
    }

    @Test
    void mistakesAndDamageHaveTheirExitCode() throws IOException {
        Path own = pictures();
        Path data = folder.resolve("data");
        assertThat(run("build", own, data).code()).isZero();
        var again = run("build", own, data);
        assertThat(again.code()).isEqualTo(3);
        assertThat(again.err()).contains("not empty");
        assertThat(run("build", own, data, "--force").code()).isZero();
        assertThat(run("build", folder.resolve("missing"), data).code()).isEqualTo(3);
        assertThat(run("show", data, "--kind", "poem").code()).isEqualTo(2);
        Path filters = Files.writeString(folder.resolve("f.yaml"), "filters:\n  - size: {width: 18}\n");
        var refused = run("build", own, folder.resolve("x"), "--filters", filters);
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("f.yaml:2").contains("unknown key 'width'");

        Path shard = data.resolve("image_text_pair/idx_0000_0000.tar");
        byte[] bytes = Files.readAllBytes(shard);
        bytes[1100] ^= 1;
        Files.write(shard, bytes);
        var checked = run("check", data, "--json");
        assertThat(checked.code()).isEqualTo(3);
        assertThat(checked.out()).contains("\"good\" : false", "wrong_checksum");
    }
}
