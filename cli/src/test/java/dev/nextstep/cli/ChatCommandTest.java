package dev.nextstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations through a pipe. */
class ChatCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Cli.Result chat(String... lines) {
        return Cli.withInput(String.join("\n", lines), "chat", "--seed", "7", "--out-dir", folder.toString());
    }

    @Test
    void textAndPicturesMixUntilTheEndOfInput() throws IOException {
        var result = chat("a red heart", "/draw 32x32", "a panda", "/write 3", "/draw 32x16");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("chat-1.png: 32 x 32 pixels, seed 7", "32 x 16 pixels")
                .doesNotContain("> ");
        assertThat(folder.resolve("chat-2.png")).exists();

        var again = chat("a red heart", "/draw 32x32");
        assertThat(again.out()).contains("chat-").doesNotContain("chat-1.png");
        try (var files = Files.list(folder)) {
            assertThat(files.filter(f -> sameBytes(f, folder.resolve("chat-1.png")))
                            .count())
                    .as("the same conversation draws the same picture")
                    .isEqualTo(2);
        }
    }

    private static boolean sameBytes(Path a, Path b) {
        try {
            return Files.mismatch(a, b) < 0;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void errorsDoNotEndIt() {
        var result = chat(
                "/nope",
                "/draw 33x32",
                "/draw big",
                "/image nowhere.png",
                "/image",
                "/seed x",
                "/guidance 0",
                "/write many",
                "/save " + folder.resolve("x.png"),
                "/seed 9",
                "/guidance 2",
                "//slash",
                "",
                "/draw 16x16");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.err().lines()).hasSize(9).allMatch(l -> l.startsWith("nextstep: "));
        assertThat(result.err())
                .contains("/nope", "multiples of 16", "nowhere.png")
                .doesNotContain("internal error");
        assertThat(result.out()).contains("16 x 16 pixels, seed 9");
    }

    @Test
    void aPictureThatTheModelAsksForIsDrawn() {
        // After a caption the shipped model, trained on captions and pictures in turn, asks for a picture.
        var result = chat("a red", "/write 40");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("chat-1.png: 64 x 64 pixels");
        assertThat(folder.resolve("chat-1.png")).exists();
    }

    @Test
    void aFullConversationSaysSoAndANewOneBegins() {
        // More than half of the positions of the model that ships.
        int tokens = Cli.maxPositions() * 3 / 4;
        String text = " heart".repeat(tokens);
        var result = chat(text, text, "/new", text, "/save nowhere/chat.md");
        assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(result.err().lines()).hasSize(2);
        assertThat(result.err())
                .contains("the conversation has " + tokens + " tokens", "begin a new one")
                .contains("nowhere: no such folder; make it first");
    }

    @Test
    void quitEndsIt() {
        assertThat(chat("/quit", "/draw 16x16").out()).isEmpty();
    }

    @Test
    void savesPictureAndConversation() throws IOException {
        var picture = folder.resolve("heart.webp");
        var text = folder.resolve("chat.md");
        var result = chat(
                "a heart",
                "/draw 16x16",
                "/image " + folder.resolve("chat-1.png"),
                "/save " + picture,
                "/save " + text);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(picture).exists();
        assertThat(Files.readString(text)).contains("a heart", "![](chat-1.png)", "chat-1.png)");
        assertThat(result.out()).contains("shown, 16 x 16 pixels");
    }

    @Test
    void folderMustExist() {
        var result =
                Cli.withInput("", "chat", "--out-dir", folder.resolve("none").toString());
        assertThat(result.code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(result.err()).hasLineCount(1).contains("none");
    }
}
