package dev.nextstep.workflow.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What batches and workflows answer to bad inputs: the exit code, and a last line that says what is wrong where. {@code
 * -Dbatch.errors.table=FILE} writes the table of {@code docs/workflows.md}.
 */
class BadBatchTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final List<String> ROWS = java.util.Collections.synchronizedList(new ArrayList<>());

    /**
     * A case.
     *
     * @param input in words; the key of its row
     * @param code what the shell sees
     * @param says what the last line must hold
     * @param list text of the list of prompts, whose name ends with the part before a bar; or nothing
     * @param arguments of the command; LIST stands for the list
     */
    record Bad(String input, int code, String says, String list, List<String> arguments) {
        @Override
        public String toString() {
            return input;
        }
    }

    private static Bad batch(String input, int code, String says, String list, String... more) {
        var arguments = new ArrayList<>(List.of("batch", "LIST"));
        arguments.addAll(List.of(more));
        return new Bad(input, code, says, list, arguments);
    }

    private static Bad run(String input, int code, String says, String... more) {
        var arguments = new ArrayList<>(List.of("workflow", "run"));
        arguments.addAll(List.of(more));
        return new Bad(input, code, says, "", arguments);
    }

    static Stream<Bad> cases() {
        return Stream.of(
                batch("JSON that ends early", 3, "not valid YAML", "json|{\"prompts\": [\"a\""),
                batch("an unknown key", 3, "did you mean 'steps'", "json|[{\"prompt\": \"a\", \"stepz\": 3}]"),
                batch("a prompt without a prompt", 3, "prompt is missing", "json|[{\"steps\": 3}]"),
                batch("an empty prompt", 3, "the prompt is empty", "json|[\"a\", \" \"]"),
                batch("an empty list", 3, "there is no prompt in it", "txt|\n# nothing\n"),
                batch("CSV without the column prompt", 3, "needs the column prompt", "csv|seed\n4\n"),
                batch("CSV whose quote is never closed", 3, "p.csv:2: this quote", "csv|prompt\n\"a\n"),
                batch("a list that is not there", 3, "no such file", ""),
                batch("bytes that are not UTF-8", 3, "is not text in UTF-8", "txt|\uFFFF"),
                batch(
                        "an unknown preset in the list",
                        3,
                        "there is no preset 'best'",
                        "json|[{\"prompt\": \"a\", \"quality\": \"best\"}]"),
                batch(
                        "an unknown preset on the command line",
                        2,
                        "there is no preset 'best'",
                        "txt|a",
                        "--quality",
                        "best"),
                batch("a size that no model draws", 3, "multiples of 16", "json|[{\"prompt\": \"a\", \"size\": 17}]"),
                batch("0 steps", 3, "between 2 and 10000", "txt|a", "--steps", "0"),
                batch("a prompt of 10,000 characters", 3, "prompt 2 ('x x x", "txt|a\n" + "x ".repeat(5000)),
                batch(
                        "2 million pictures",
                        3,
                        "a batch has at most 1,000,000",
                        "json|" + "[" + "{\"prompt\": \"a\", \"count\": 4096},".repeat(499) + "\"b\"]"),
                batch(
                        "a name template that leaves the folder",
                        3,
                        "must stay in the output folder",
                        "txt|a",
                        "--name",
                        "../{index}"),
                batch("a name template with an unknown place", 3, "has '{nr}'", "txt|a", "--name", "{nr}"),
                batch(
                        "a name template that gives all the same name",
                        3,
                        "gives pictures the same name",
                        "txt|a\nb",
                        "--name",
                        "x"),
                batch(
                        "two prompts of one name",
                        3,
                        "as that of picture 1 is",
                        "json|[{\"prompt\": \"a\", \"name\": \"x\"}, {\"prompt\": \"b\", \"name\": \"X\"}]",
                        "--name",
                        "{name}"),
                batch("path tricks in a prompt: it is a harmless name", 0, "", "txt|../../etc/passwd", "--steps", "2"),
                batch(
                        "path tricks in a name: it is a harmless name",
                        0,
                        "",
                        "json|[{\"prompt\": \"a\", \"name\": \"/etc/../x\"}]",
                        "--steps",
                        "2"),
                batch("a format that cannot be written", 2, "list of png, jpg, webp", "txt|a", "--formats", "gif"),
                batch("a quality that is not 0 to 1", 2, "allowed is 0.0 to 1.0", "txt|a", "--min-quality", "7"),
                batch("size and aspect", 2, "give one of them", "txt|a", "--size", "64", "--aspect", "3:2"),
                batch(
                        "settings with an unknown key",
                        3,
                        "did you mean 'batch_size'",
                        "txt|a",
                        "--config",
                        "CONFIG:batch_sice: 3"),
                batch("settings with a bad value", 3, "allowed is 0 to 100", "txt|a", "--config", "CONFIG:retries: -1"),
                run("an unknown workflow", 3, "there are brand, marketing, education", "branding"),
                run("a missing parameter", 3, "industry is missing", "brand", "company=Acme"),
                run(
                        "an unknown parameter",
                        3,
                        "there is no parameter 'colour'",
                        "brand",
                        "company=A",
                        "industry=b",
                        "colour=red"),
                run(
                        "a value that is no choice",
                        3,
                        "style is 'loud'",
                        "brand",
                        "company=A",
                        "industry=b",
                        "style=loud"),
                run("a value with line breaks", 3, "company has line breaks", "brand", "company=A\nB", "industry=b"),
                run(
                        "a value that is too long",
                        3,
                        "allowed are 60",
                        "brand",
                        "company=" + "A".repeat(10_000),
                        "industry=b"),
                run("a parameter without a value", 2, "write KEY=VALUE", "brand", "company"),
                run("a parameter twice", 2, "given twice", "brand", "company=A", "company=B"),
                run(
                        "a workflow with a place that is no parameter",
                        3,
                        "{b} is no parameter",
                        "FILE:{name: x, title: t, pictures: [{name: a, prompt: '{b}'}]}"),
                run(
                        "a workflow whose picture leaves the folder",
                        3,
                        "lower-case letters",
                        "FILE:{name: x, title: t, pictures: [{name: ../a, prompt: b}]}"));
    }

    @TempDir
    Path folder;

    private List<String> arguments(Bad bad) throws IOException {
        String[] list = bad.list.split("\\|", 2);
        var file = folder.resolve("p." + list[0]);
        if (bad.list.endsWith("\uFFFF")) {
            Files.write(file, new byte[] {'a', (byte) 0xff});
        } else if (list.length == 2) {
            Files.writeString(file, list[1]);
        }
        var arguments = new ArrayList<String>();
        for (String argument : bad.arguments) {
            if (argument.startsWith("CONFIG:") || argument.startsWith("FILE:")) {
                var written = folder.resolve("given.yaml");
                Files.writeString(written, argument.substring(argument.indexOf(':') + 1));
                arguments.add(written.toString());
            } else {
                arguments.add(argument.equals("LIST") ? file.toString() : argument);
            }
        }
        arguments.addAll(List.of("--out", folder.resolve("out").toString()));
        return arguments;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAnsweredInWords(Bad bad) throws IOException {
        var result = Cli.onModel(arguments(bad).toArray());
        assertThat(result.code()).as(result.err()).isEqualTo(bad.code);
        assertThat(result.err() + result.out()).doesNotContain("Exception", "\tat ", "internal error");
        if (bad.code == 0) {
            try (var files = Files.walk(folder)) {
                assertThat(files.filter(Files::isRegularFile)
                                .filter(f -> !f.getFileName().toString().startsWith("p.")))
                        .allMatch(f -> folder.resolve("out").equals(f.getParent()));
            }
        } else {
            assertThat(result.last())
                    .startsWith("nextstep: ")
                    .contains(bad.says)
                    .hasSizeLessThan(700);
            assertThat(folder.resolve("out")).doesNotExist();
        }
        row(bad.input, bad.code, result.last());
    }

    /** In a namespace of its own, so that a small file system can be mounted; skipped where that is not allowed. */
    private void onDisk(String input, String options, String says) throws IOException, InterruptedException {
        var disk = Files.createDirectory(folder.resolve("disk"));
        var list = Files.writeString(folder.resolve("p.txt"), "a star\na moon\na dog\n");
        var script = Files.writeString(folder.resolve("run.sh"), """
                unshare -rm true 2>/dev/null || exit 77
                exec unshare -rm sh -c 'mount -t tmpfs -o %s none "$0" || exit 77; shift 0; exec "$@"' "$@"
                """.formatted(options));
        var command = new ArrayList<>(List.of("/bin/sh", script.toString(), disk.toString()));
        command.addAll(Cli.command("batch", list, "--out", disk.resolve("out"), "--steps", "2"));
        var log = folder.resolve("log.txt");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        Assumptions.assumeTrue(process.exitValue() != 77, "this system does not let a test mount a small disk");
        var said = Files.readAllLines(log);
        assertThat(process.exitValue()).as("%s", said).isEqualTo(1);
        assertThat(said.getLast()).startsWith("nextstep: ").contains(says);
        row(input, 1, said.getLast());
    }

    @Test
    void aReadOnlyFolder() throws Exception {
        onDisk("an output folder that is read-only", "ro", "ead-only");
    }

    @Test
    void aFullDisk() throws Exception {
        onDisk("a disk without room for the next pictures", "size=64k", "bytes free");
    }

    @Test
    void aDiskThatBecomesFull() throws Exception {
        // Room enough by the sizes of the pictures, but not for so many files.
        onDisk("a disk that becomes full", "size=4m,nr_inodes=6", "the same command goes on");
    }

    private void row(String input, int code, String last) {
        String shown =
                last.replace(folder + "/", "").replaceAll("\\p{Cntrl}", "?").replace("|", "\\|");
        ROWS.add("| %s | %d | %s |".formatted(input, code, code == 0 ? "pictures" : "`" + shown + "`"));
    }

    @Test
    void theDocumentListsEveryCase() throws IOException {
        String text = Files.readString(ROOT.resolve("docs/workflows.md"));
        cases().forEach(bad -> assertThat(text).contains("\n| %s | %d |".formatted(bad.input, bad.code)));
    }

    @AfterAll
    static void writeTheTable() throws IOException {
        String file = System.getProperty("batch.errors.table");
        if (file != null) {
            Files.writeString(Path.of(file), String.join("\n", ROWS) + "\n");
        }
    }
}
