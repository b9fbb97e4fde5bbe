package dev.nextstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nextstep.image.PictureDifference;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconstructCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void writesWhatItMeasures() throws Exception {
        var source = folder.resolve("source.png");
        assertThat(Cli.onModel("generate", "a red heart", "--seed", "1", "--out", source.toString())
                        .code())
                .isZero();
        var out = folder.resolve("out.png");
        var beside = folder.resolve("beside.png");
        var result = Cli.onModel(
                "reconstruct",
                source.toString(),
                "--out",
                out.toString(),
                "--side-by-side",
                beside.toString(),
                "--json");
        assertThat(result.code()).as(result.err()).isZero();
        var json = new ObjectMapper().readTree(result.out());
        var reader = new PictureReader();
        var original = reader.read(source);
        var decoded = reader.read(out);
        var difference = PictureDifference.of(original, decoded);
        assertThat(json.get("psnr_db").asDouble()).isEqualTo(difference.psnr());
        assertThat(json.get("ssim").asDouble()).isEqualTo(difference.ssim());
        assertThat(json.get("tokens").asInt()).isEqualTo(16);
        assertThat(difference.psnr()).as("what the model drew, it can keep").isGreaterThan(30);
        assertThat(reader.read(beside))
                .isEqualTo(ReconstructCommand.beside(
                        original, decoded, PictureDifference.amplified(original, decoded, 4)));
    }

    @Test
    void cutsWhatDoesNotFillTokens() throws Exception {
        var source = folder.resolve("source.png");
        PictureWriter.write(source, Cli.picture(70, 50));
        var out = folder.resolve("out.png");
        var result = Cli.onModel("reconstruct", source.toString(), "--out", out.toString());
        assertThat(result.out()).contains("64 x 48 pixels, 12 tokens", "PSNR", "dB", "SSIM");
        assertThat(new PictureReader().read(out).width()).isEqualTo(64);
    }

    @Test
    void badFilesAreNamed() throws Exception {
        var missing = Cli.onModel("reconstruct", folder.resolve("no.png").toString());
        assertThat(missing.code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(missing.err()).hasLineCount(1).contains("no.png");

        var noise = Files.writeString(folder.resolve("x.png"), "no picture");
        assertThat(Cli.onModel("reconstruct", noise.toString()).code()).isEqualTo(ExitCode.BAD_INPUT.number());

        var ending = Cli.onModel("reconstruct", noise.toString(), "--out", "x.xyz");
        assertThat(ending.code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(ending.err()).contains("x.xyz");

        var tiny = folder.resolve("tiny.png");
        PictureWriter.write(tiny, Cli.picture(8, 8));
        assertThat(Cli.onModel("reconstruct", tiny.toString()).err()).contains("at least 16");
    }
}
