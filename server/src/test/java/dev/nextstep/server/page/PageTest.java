package dev.nextstep.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import dev.nextstep.Recipe;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureTexts;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people do with the page. */
class PageTest extends BrowserTest {

    @Test
    void aPictureGrowsRowByRow() {
        page.evaluate("""
                () => {
                  window.seen = [];
                  new MutationObserver(() => {
                    const rows = Number(document.getElementById('picture').dataset.rows);
                    if (window.seen.at(-1) !== rows) window.seen.push(rows);
                  }).observe(document.getElementById('picture'), { attributes: true, attributeFilter: ['data-rows'] });
                }""");
        at("prompt").fill("a red heart");
        page.locator(".chip", new com.microsoft.playwright.Page.LocatorOptions().setHasText("noto"))
                .click();
        at("seed").fill("7");
        at("steps").fill("5000"); // some seconds a row, so that a slow browser sees them
        at("draw").click();
        awaitWhole();

        var rows = ((List<?>) page.evaluate("() => window.seen"))
                .stream().map(Integer.class::cast).toList();
        assertThat(rows).isSorted().endsWith(4).as("rows that were seen").hasSizeGreaterThanOrEqualTo(3);
        var job = newest();
        assertThat(job.at("/settings/prompt/0").asString()).isEqualTo("a red heart, noto style");
        assertThat(job.at("/settings/seed").longValue()).isEqualTo(7);
        assertThat(pixels("picture")).isEqualTo(drawn(job));
        assertThat(at("status")).hasText("Done: a red heart, noto style");
        assertThat(page.locator(".tile").first()).containsText("a red heart, noto style");
    }

    @Test
    void statisticsAreThoseOfTheTokens() {
        var id = draw("a star", 3);
        page.reload();
        page.locator(".tile-open").first().click();
        awaitWhole();
        page.locator("#statistics summary").click();
        var rows = server.get("/v1/jobs/" + id).json().at("/pictures/0/row_statistics");
        assertThat(rows).hasSize(4);
        var plot = page.locator("#plot svg");
        assertThat(plot).isVisible();
        var variance = Math.round(rows.at("/0/variance").doubleValue() * 1000) / 1000.0;
        assertThat(plot.getAttribute("aria-label"))
                .startsWith("4 of 4 rows")
                .contains("Variance by row: " + (variance == 1 ? "1" : Double.toString(variance)));
    }

    @Test
    void theFileHasItsRecipe() throws IOException {
        draw("a star", 4);
        page.reload();
        page.locator(".tile-open").first().click();
        awaitWhole();
        var download = page.waitForDownload(() -> at("download").click());
        assertThat(download.suggestedFilename()).isEqualTo("a-star-4.png");
        var bytes = Files.readAllBytes(download.path());
        assertThat(bytes).isEqualTo(file(newest()));
        assertThat(Recipe.of(PictureTexts.read(bytes)).orElseThrow().seed()).isEqualTo(4);
    }

    @Test
    void allSettingsAreUsedAgain() {
        var id = submit(
                "a moon, flat style",
                "\"seed\": 9223372036854775807, \"steps\": 6, \"guidance_scale\": 3.5, \"size\": \"96x48\", \"sampler\": \"heun\","
                        + " \"late_steps\": \"3@0.25\", \"guidance_every\": 2, \"timestep_shift\": 1.25, \"negative_prompt\": \"blue\", \"n\": 2");
        server.awaitState(id, "completed");
        page.reload();
        page.locator(".tile-open").nth(1).click();
        awaitWhole();
        at("use").click();
        assertThat(at("prompt")).hasValue("a moon");
        assertThat(page.locator("input[name=style]:checked")).hasValue("flat");
        assertThat(at("seed")).hasValue("9223372036854775807");
        assertThat(at("late")).hasValue("3@0.25");
        assertThat(at("every")).hasValue("2");
        at("draw").click();
        page.waitForCondition(() -> !newest().path("id").asString().equals(id));
        var again = newest();
        assertThat(server.awaitState(again.path("id").asString(), "completed")
                        .at("/pictures/1/sha256")
                        .asString())
                .isEqualTo(server.get("/v1/jobs/" + id)
                        .json()
                        .at("/pictures/1/sha256")
                        .asString());
    }

    @Test
    void onlyWhatWasBrushedChanges() {
        var source = drawn(server.awaitState(draw("a red heart, noto style", 7), "completed"));
        page.locator(".segments label").nth(1).click();
        at("draw").click();
        assertThat(at("error")).hasText("Choose a picture to edit first.");
        at("file").setInputFiles(new FilePayload("a.txt", "text/plain", "no".getBytes(StandardCharsets.UTF_8)));
        assertThat(at("error")).hasText("Choose a PNG, JPEG or WebP picture.");
        at("file").setInputFiles(new FilePayload("<b>.png", "image/png", png(source)));
        var canvas = at("brush-mask");
        canvas.waitFor();
        canvas.scrollIntoViewIfNeeded();
        var box = canvas.boundingBox();
        at("brush-size").fill("12");
        page.mouse().move(box.x + 8, box.y + box.height * 0.4);
        page.mouse().down();
        page.mouse().move(box.x + box.width - 8, box.y + box.height * 0.4, new Mouse.MoveOptions().setSteps(6));
        page.mouse().up();
        at("prompt").fill("make it blue");
        at("draw").click();
        awaitWhole();

        var job = newest();
        assertThat(job.path("task").asString()).isEqualTo("edit");
        assertThat(job.at("/settings/size").asString()).isEqualTo("64x64");
        var made = drawn(job);
        assertThat(difference(source, made, 40, 64))
                .as("rows that were not brushed")
                .isLessThan(8);
        assertThat(difference(source, made, 16, 32)).as("rows that were").isGreaterThan(8);
    }

    @Test
    void thePictureThatIsShownCanBeEdited() {
        draw("a star", 5);
        page.reload();
        page.locator(".tile-open").first().click();
        awaitWhole();
        at("edit").click();
        at("brush-mask").waitFor();
        assertThat(pixels("brush-picture")).isEqualTo(drawn(newest()));
        at("brush-all").click();
        assertThat(pixels("brush-mask").rgb(3, 60)).isNotZero();
        at("brush-clear").click();
        assertThat(pixels("brush-mask").rgb(3, 60)).isZero();
    }

    @Test
    void aWorkflowIsRun() throws IOException {
        page.locator(".segments label").nth(2).click();
        assertThat(at("prompt")).isHidden();
        assertThat(at("steps")).isHidden();
        at("workflow-name").selectOption("brand");
        assertThat(at("workflow-value-company")).isVisible();
        at("workflow-name").selectOption("education");
        assertThat(at("workflow-value-company")).hasCount(0);
        assertThat(at("workflow-about")).containsText("explain a topic");
        at("draw").click();
        assertThat(at("error")).hasText("Topic is missing.");
        assertThat(at("workflow-value-topic")).isFocused();
        at("workflow-value-topic").fill("<i>a star</i>");
        at("workflow-value-style").selectOption("conceptual");
        at("workflow-quality").selectOption("draft");
        at("seed").fill("5");
        at("draw").click();
        assertThat(page.locator("#strip button")).hasCount(3);
        at("package").waitFor();

        var job = newest();
        assertThat(job.at("/list/workflow/name").asString()).isEqualTo("education");
        assertThat(job.at("/list/workflow/seed").longValue()).isEqualTo(5);
        page.locator("#strip button").nth(1).click();
        awaitWhole();
        var own = job.at("/pictures/1/settings");
        assertThat(own.path("quality").asString()).isEqualTo("draft");
        assertThat(at("facts")).containsText(own.path("seed").asString());
        assertThat(at("facts")).containsText(own.path("name").asString());
        var download = page.waitForDownload(() -> at("package").click());
        assertThat(download.suggestedFilename())
                .isEqualTo("education-%s.zip".formatted(job.path("id").asString()));
        assertThat(Files.readAllBytes(download.path()))
                .isEqualTo(server.get(job.at("/list/package_url").asString()).body());

        at("use").click();
        assertThat(at("prompt")).hasValue(job.at("/pictures/1/prompt").asString());
        assertThat(at("seed")).hasValue(own.path("seed").asString());
        at("draw").click();
        page.waitForCondition(() -> !newest().path("id").equals(job.path("id")));
        var alone = server.awaitState(newest().path("id").asString(), "completed");
        assertThat(drawn(alone))
                .as("the same picture, drawn alone")
                .isEqualTo(new PictureReader()
                        .read(server.get(job.at("/pictures/1/url").asString()).body(), "picture"));
    }

    @Test
    void picturesOfAListHaveTheirOwnShapes() {
        var answer = server.post(
                "/v1/batches?quality=draft",
                "{\"prompts\": [{\"prompt\": \"a star\", \"size\": \"64x32\"}, {\"prompt\": \"a heart\", \"size\": \"32x64\"}]}");
        var id = answer.json().path("id").asString();
        server.awaitState(id, "completed");
        page.reload();
        page.locator(".tile-open").nth(1).click();
        awaitWhole();
        assertThat(pixels("picture").width()).isEqualTo(32);
        assertThat(pixels("picture").height()).isEqualTo(64);
        page.locator("#strip button").first().click();
        awaitWhole();
        assertThat(pixels("picture").width()).isEqualTo(64);
        assertThat(pixels("picture").height()).isEqualTo(32);
        assertThat(at("facts")).containsText("64 × 32");
    }

    @Test
    void whatIsRareInSoundPicturesIsSaid() {
        var id = submit("a star", "\"steps\": 2, \"guidance_scale\": 200, \"seed\": 1");
        var warnings = server.awaitState(id, "completed").at("/pictures/0/warnings");
        assertThat(warnings).as("a picture of noise").isNotEmpty();
        page.reload();
        page.locator(".tile-open").first().click();
        awaitWhole();
        assertThat(at("warnings"))
                .containsText(warnings.at("/0/kind").asString().replace('_', ' '));
        draw("a sound star", 1);
        page.reload();
        page.locator(".tile-open").first().click();
        awaitWhole();
        assertThat(at("warnings").isVisible())
                .isEqualTo(!newest().at("/pictures/0/warnings").isEmpty());
    }

    @Test
    void theGalleryFindsPrompts() {
        draw("gallery one", 1);
        draw("gallery two 100%", 1);
        page.reload();
        at("search").fill("GALLERY");
        assertThat(page.locator(".tile")).hasCount(2);
        at("search").fill("100%");
        assertThat(page.locator(".tile")).hasCount(1);
        at("search").fill("nothing like this");
        assertThat(page.locator(".tile")).hasCount(0);
        assertThat(at("gallery-empty")).hasText("No prompt has these words.");
    }

    @Test
    void twoPicturesAreCompared() {
        draw("compare a", 1);
        draw("compare b", 2);
        page.reload();
        page.locator(".tile-mark input").nth(0).check();
        assertThat(at("compare-open")).isDisabled();
        page.locator(".tile-mark input").nth(1).check();
        at("compare-open").click();
        assertThat(at("compare-range")).isFocused();
        assertThat(page.locator("#compare-table .differs th")).hasText(new String[] {"Prompt", "Seed"});
        page.keyboard().press("End");
        assertThat((String) page.evaluate(
                        "() => document.getElementById('compare-frame').style.getPropertyValue('--share')"))
                .isEqualTo("100%");
        assertThat(at("compare-b").getAttribute("aria-label")).isEqualTo("Right: compare a");
        page.keyboard().press("Escape");
        assertThat(at("compare-dialog")).isHidden();
    }

    @Test
    void theQueueIsMovedAndCancelled() {
        var blocker = blocker();
        var first = submit("queue first", "\"steps\": 4");
        var second = submit("queue second", "\"steps\": 4");
        page.reload();
        var rows = page.locator("#jobs li");
        assertThat(rows).hasCount(3);
        assertThat(rows.nth(1)).containsText("queue first");
        rows.nth(2).locator("[data-act=up]").click();
        assertThat(rows.nth(1)).containsText("queue second");
        assertThat(server.get("/v1/jobs/" + second).json().path("position").intValue())
                .isZero();
        rows.nth(2).locator("[data-act=cancel]").click();
        assertThat(rows).hasCount(2);
        assertThat(server.get("/v1/jobs/" + first).json().path("state").asString())
                .isEqualTo("cancelled");
        rows.nth(1).locator("[data-act=pause]").click();
        assertThat(page.locator("#jobs li[data-state=paused]")).hasCount(1);
        rows.first().locator(".job-name").click();
        at("cancel").click();
        assertThat(at("state-text")).hasText("Cancelled");
        assertThat(server.get("/v1/jobs/" + blocker).json().path("state").asString())
                .isEqualTo("cancelled");
    }

    @Test
    void whatTheServerRefusesIsShownAtItsField() {
        at("prompt").fill("a star");
        at("steps").fill("0");
        at("draw").click();
        assertThat(at("error")).containsText("The server says:");
        assertThat(at("steps")).isFocused();
        assertThat(at("steps")).hasAttribute("aria-invalid", "true");
    }

    @Test
    void aKeyIsAskedForAndSent() {
        var sent = new ArrayList<String>();
        page.route("**/v1/**", route -> {
            var key = route.request().headerValue("Authorization");
            if (key == null) {
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(401)
                        .setContentType("application/json")
                        .setBody("{\"error\": {\"message\": \"no key\", \"code\": \"invalid_api_key\"}}"));
            } else {
                sent.add(key);
                route.resume();
            }
        });
        page.reload();
        assertThat(at("key-dialog")).isVisible();
        at("key").fill("sk-test");
        page.keyboard().press("Enter");
        page.locator("html[data-ready]").waitFor();
        assertThat(sent).isNotEmpty().containsOnly("Bearer sk-test");
        assertThat(page.evaluate("() => [sessionStorage.length, localStorage.length]"))
                .isEqualTo(List.of(1, 0));
        page.evaluate("() => document.getElementById('key-dialog').close()");
        at("prompt").fill("a star");
        at("steps").fill("2");
        at("draw").click();
        awaitWhole();
        at("key-open").click();
        at("key-forget").click();
        assertThat(page.evaluate("() => sessionStorage.length")).isEqualTo(0);
        page.locator("#key-dialog").waitFor();
    }

    private static byte[] png(Pixels pixels) {
        return PictureWriter.encode(pixels, PictureFormat.PNG, WriteOptions.DEFAULT);
    }

    private static double difference(Pixels a, Pixels b, int fromRow, int toRow) {
        long sum = 0;
        for (int y = fromRow; y < toRow; y++) {
            for (int x = 0; x < a.width(); x++) {
                for (int shift = 0; shift < 24; shift += 8) {
                    sum += Math.abs((a.rgb(x, y) >> shift & 255) - (b.rgb(x, y) >> shift & 255));
                }
            }
        }
        return (double) sum / (3L * a.width() * (toRow - fromRow));
    }
}
