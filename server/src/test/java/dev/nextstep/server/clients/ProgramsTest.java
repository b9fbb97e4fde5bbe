package dev.nextstep.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.image.PictureReader;
import dev.nextstep.server.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are programs of their own: curl, and the official one for Python. */
class ProgramsTest extends ClientTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private record Ended(int code, String output) {}

    private Ended run(List<String> command) {
        try {
            var output = Files.createTempFile(folder, "output", ".txt");
            var process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return new Ended(-1, "did not end");
            }
            return new Ended(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            return new Ended(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void assumeThere(String program) {
        Assumptions.assumeTrue(run(List.of(program, "--version")).code == 0, "there is no " + program + " here");
    }

    @Test
    void curlDrawsAndEdits() throws IOException {
        assumeThere("curl");
        var made = run(List.of(
                "curl",
                "-sS",
                "--fail-with-body",
                server.base() + "/images/generations",
                "-H",
                "Content-Type: application/json",
                "-d",
                "{\"prompt\": \"" + PROMPT + "\", \"seed\": 7, \"steps\": 4}"));
        assertThat(made.code).as(made.output).isZero();
        var heart = Json.MAPPER.readTree(made.output).at("/data/0/b64_json").asString();
        assertThat(pixels(heart)).isEqualTo(drawn(7, 4));

        var file = Files.write(
                folder.resolve("heart.png"), java.util.Base64.getDecoder().decode(heart));
        var edited = run(List.of(
                "curl",
                "-sS",
                "--fail-with-body",
                server.base() + "/images/edits",
                "-F",
                "image=@" + file,
                "-F",
                "prompt=make it blue",
                "-F",
                "steps=4"));
        assertThat(edited.code).as(edited.output).isZero();
        assertThat(pixels(Json.MAPPER
                                .readTree(edited.output)
                                .at("/data/0/b64_json")
                                .asString())
                        .width())
                .isEqualTo(64);

        var stream = run(List.of(
                "curl",
                "-sSN",
                server.base() + "/images/generations",
                "-H",
                "Content-Type: application/json",
                "-d",
                "{\"prompt\": \"x\", \"steps\": 4, \"stream\": true, \"partial_images\": 3}"));
        assertThat(stream.output.lines().filter(line -> line.startsWith("event: ")))
                .hasSize(4)
                .last()
                .isEqualTo("event: image_generation.completed");
    }

    @Test
    void theOfficialPythonClientDrawsStreamsAndEdits() throws IOException {
        assumeThere("python3");
        var environment = folder.resolve("venv");
        var made = run(List.of("python3", "-m", "venv", environment.toString()));
        Assumptions.assumeTrue(made.code == 0, "Python cannot make an environment here: " + made.output);
        var python = environment.resolve("bin/python").toString();
        var installed = run(List.of(
                python,
                "-m",
                "pip",
                "install",
                "-q",
                "-r",
                ROOT.resolve("server/clients/requirements.txt").toString()));
        Assumptions.assumeTrue(installed.code == 0, "the client cannot be installed here: " + installed.output);

        var ran = run(List.of(
                python, ROOT.resolve("server/clients/openai_client.py").toString(), server.base(), folder.toString()));
        assertThat(ran.code).as(ran.output).isZero();
        var reader = new PictureReader();
        assertThat(reader.read(Files.readAllBytes(folder.resolve("heart.png")), "heart"))
                .isEqualTo(drawn(7, 4));
        assertThat(reader.read(Files.readAllBytes(folder.resolve("streamed.png")), "streamed"))
                .isEqualTo(drawn(7, 4));
        for (int rows = 1; rows <= 3; rows++) {
            assertThat(reader.read(Files.readAllBytes(folder.resolve("rows-%d.png".formatted(rows))), "rows")
                            .height())
                    .isEqualTo(16 * rows);
        }
        assertThat(reader.read(Files.readAllBytes(folder.resolve("blue.png")), "blue")
                        .width())
                .isEqualTo(64);
        assertThat(ran.output.strip()).endsWith("all is well");
    }
}
