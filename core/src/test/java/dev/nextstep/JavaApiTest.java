package dev.nextstep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the program that {@code docs/java-api.md} is, and compares what it prints with what stands there. */
class JavaApiTest {
    private static final Path ROOT =
            Path.of(System.getProperty("project.root")).toAbsolutePath().normalize();
    private static final String MARK = "== block ";

    /** A fenced block of the page. */
    private record Block(String language, String text) {}

    private static List<Block> blocks() throws IOException {
        var blocks = new ArrayList<Block>();
        StringBuilder text = null;
        String language = "";
        for (var line : Files.readAllLines(ROOT.resolve("docs/java-api.md"), UTF_8)) {
            if (text == null && line.startsWith("```")) {
                language = line.substring(3);
                text = new StringBuilder();
            } else if (text != null && line.equals("```")) {
                blocks.add(new Block(language, text.toString()));
                text = null;
            } else if (text != null) {
                text.append(line).append('\n');
            }
        }
        return blocks;
    }

    @Test
    void thePageIsAProgramThatPrintsWhatItSays(@TempDir Path folder) throws IOException, InterruptedException {
        var blocks = blocks();
        var java = blocks.stream().filter(b -> b.language.equals("java")).toList();
        assertThat(java).hasSizeGreaterThan(20);
        assertThat(java.getFirst().text.lines()).allMatch(line -> line.startsWith("import "));
        var source = new StringBuilder(java.getFirst().text)
                .append("final class Page {\npublic static void main(String[] args) throws Exception {\n");
        for (int i = 1; i < java.size(); i++) {
            source.append("System.out.println(\"%s%d\");\n".formatted(MARK, i)).append(java.get(i).text);
        }
        compile(source.append("}\n}\n").toString(), folder);
        Files.createSymbolicLink(folder.resolve("models"), ROOT.resolve("models"));
        var printed = run(folder).split(MARK + "\\d+\n", -1);
        assertThat(printed).hasSize(java.size());

        var all = new SoftAssertions();
        int block = -1;
        for (var each : blocks) {
            if (each.language.equals("java")) {
                block++;
            } else if (each.language.equals("text")) {
                all.assertThat(printed[block])
                        .as("output of\n%s", java.get(block).text)
                        .isEqualTo(each.text);
            }
        }
        all.assertAll();
        for (var name : List.of("heart.png", "again.png", "plain.png", "blue.jpg")) {
            assertThat(folder.resolve(name)).isNotEmptyFile();
        }
    }

    private static void compile(String program, Path folder) {
        var source = new SimpleJavaFileObject(URI.create("string:///Page.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return program;
            }
        };
        var messages = new StringWriter();
        var options = List.of(
                "-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-Xlint:all,-path", "-Werror");
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(messages, null, null, options, null, List.of(source))
                .call();
        assertThat(compiled).as("%s\n%s", messages, numbered(program)).isTrue();
    }

    private static String numbered(String program) {
        var lines = program.lines().toList();
        var numbers = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            numbers.add("%d %s".formatted(i + 1, lines.get(i)));
        }
        return numbers.stream().collect(Collectors.joining("\n"));
    }

    private static String run(Path folder) throws IOException, InterruptedException {
        var out = folder.resolve("out.txt");
        var err = folder.resolve("err.txt");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-Xmx1g",
                        "-Dstdout.encoding=UTF-8",
                        "-cp",
                        folder + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                        "Page")
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        var environment = builder.environment();
        environment.put("NEXTSTEP_CACHE", folder.resolve("cache").toString());
        environment.put("HF_HUB_CACHE", folder.resolve("hub").toString());
        var process = builder.start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(300, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        var text = Files.readString(out, UTF_8);
        assertThat(ended).as("ends; so far it printed\n%s", text).isTrue();
        assertThat(process.exitValue())
                .as("after\n%s\n%s", text, Files.readString(err, UTF_8))
                .isZero();
        return text;
    }
}
