package dev.nextstep.server.page;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.Pixels;
import dev.nextstep.server.RunningServer;
import dev.nextstep.server.config.Setting;
import dev.nextstep.server.http.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A test of the page: a server that draws one picture at a time, a browser, and a fresh window for each test. Whatever the
 * test, nothing may be asked of another host, no script may fail, and nothing may break the policy that the page is served
 * under.
 */
abstract class BrowserTest {
    /** Patience is for slow machines; nothing is waited for that does not come. */
    private static final double PATIENCE = 120_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path data;

    @SuppressWarnings("NullAway.Init")
    private static Chromium chromium;

    @SuppressWarnings("NullAway.Init")
    static RunningServer server;

    private final List<String> complaints = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private BrowserContext window;

    @SuppressWarnings("NullAway.Init")
    Page page;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        server = RunningServer.start(data, Map.of(Setting.PICTURES_AT_ONCE, "1"));
    }

    @AfterAll
    @SuppressWarnings("NullAway") // nothing was started where there is no browser
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        open(new Browser.NewContextOptions().setViewportSize(1240, 900));
    }

    /** Opens the page in a window like that. */
    void open(Browser.NewContextOptions options) {
        if (window != null) {
            window.close();
        }
        window = chromium.browser().newContext(options);
        window.setDefaultTimeout(PATIENCE);
        page = window.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
        page.onDialog(dialog -> {
            complaints.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> {
            if (!request.url().startsWith(server.uri("/").toString())
                    && !request.url().startsWith("blob:")
                    && !request.url().startsWith("data:")) {
                complaints.add("asked another host: " + request.url());
            }
        });
        page.navigate(server.uri("/").toString());
        page.locator("html[data-ready]").waitFor();
    }

    @AfterEach
    void close() {
        window.close();
        for (var state : List.of("queued", "running", "paused")) {
            server.get("/v1/jobs?limit=100&state=" + state)
                    .json()
                    .path("data")
                    .forEach(job -> server.delete("/v1/jobs/" + job.path("id").asString()));
        }
        assertThat(complaints).as("what the browser complained about").isEmpty();
    }

    /** An element by its id. */
    Locator at(String id) {
        return page.locator("#" + id);
    }

    /** Submits a job, not by the page. */
    static String submit(String prompt, String more) {
        var body = Json.MAPPER.createObjectNode().put("prompt", prompt);
        Json.MAPPER.readTree("{" + more + "}").forEachEntry(body::set);
        var answer = server.post("/v1/jobs", Json.MAPPER.writeValueAsString(body));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("id").asString();
    }

    /** Draws a picture, not by the page. */
    static String draw(String prompt, int seed) {
        var id = submit(prompt, "\"steps\": 4, \"seed\": " + seed);
        server.awaitState(id, "completed");
        return id;
    }

    /** A job that keeps the server busy until it is cancelled. */
    static String blocker() {
        var id = submit("a city", "\"size\": \"256x256\", \"steps\": 10000");
        server.awaitState(id, "running");
        return id;
    }

    /** The newest job. */
    static JsonNode newest() {
        return server.get("/v1/jobs?limit=1").json().at("/data/0");
    }

    /** Waits until the picture that is looked at is whole. */
    void awaitWhole() {
        page.locator("#state-dot[data-state=completed]").waitFor();
        page.locator("#pending").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    /** The pixels of a canvas. */
    Pixels pixels(String id) {
        @SuppressWarnings("unchecked")
        var canvas = (Map<String, Object>) page.evaluate("""
                        id => {
                          const canvas = document.getElementById(id);
                          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                          return { width: canvas.width, height: canvas.height, values: [...data].filter((_, i) => i % 4 < 3) };
                        }""", id);
        var values = (List<?>) requireNonNull(canvas.get("values"));
        var bytes = new byte[values.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = ((Integer) values.get(i)).byteValue();
        }
        return Pixels.of(side(canvas, "width"), side(canvas, "height"), bytes);
    }

    private static int side(Map<String, Object> canvas, String name) {
        return (Integer) requireNonNull(canvas.get(name));
    }

    /** The file of a job's first picture. */
    static byte[] file(JsonNode job) {
        return server.get(job.at("/pictures/0/url").asString()).body();
    }

    /** The pixels of a job's first picture. */
    static Pixels drawn(JsonNode job) {
        return new PictureReader().read(file(job), "picture");
    }
}
