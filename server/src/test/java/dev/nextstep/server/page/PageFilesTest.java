package dev.nextstep.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the page, as any client gets them. */
class PageFilesTest {
    private static final Path FOLDER = Path.of(System.getProperty("project.root"), "server/src/main/resources/static");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Test
    void servesItsFilesAndNoOthers() throws IOException {
        try (var server = RunningServer.start(data, Map.of());
                var files = Files.list(FOLDER)) {
            var names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            assertThat(PageController.FILES).isEqualTo(names);
            for (var name : names) {
                var answer = server.get("/page/" + name);
                assertThat(answer.status()).as(name).isEqualTo(200);
                assertThat(answer.body()).as(name).isEqualTo(Files.readAllBytes(FOLDER.resolve(name)));
                assertThat(answer.header("Content-Security-Policy"))
                        .contains("default-src 'self'")
                        .doesNotContain("unsafe");
                assertThat(server.get("/page/" + name, "If-None-Match", answer.header("ETag"))
                                .status())
                        .isEqualTo(304);
            }
            assertThat(server.get("/").body()).isEqualTo(Files.readAllBytes(FOLDER.resolve("index.html")));
            assertThat(server.get("/").header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
            for (var path : List.of(
                    "/page/", "/page/x.js", "/page/..%2fapplication.properties", "/index.html", "/static/app.js")) {
                assertThat(server.get(path).status()).as(path).isIn(400, 404);
            }
            assertThat(server.post("/", "{}").status()).isEqualTo(405);
        }
    }

    @Test
    void hasNoMarkupThatThePolicyForbids() throws IOException {
        var html = Files.readString(FOLDER.resolve("index.html"));
        assertThat(html)
                .doesNotContainPattern(Pattern.compile("<style|\\sstyle=|<script(?![^>]*src=)|\\son\\w+=|https?://"));
        try (var files = Files.list(FOLDER)) {
            for (var file : files.filter(f -> f.toString().endsWith(".js")).toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContainPattern(
                                Pattern.compile("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\("));
            }
        }
    }
}
