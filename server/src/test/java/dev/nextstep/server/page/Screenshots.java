package dev.nextstep.server.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.nextstep.server.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A program that makes the pictures of the page in {@code docs/server}. */
public final class Screenshots {
    private static final String[][] PICTURES = {
        {"red apple, noto style", "3"}, {"full moon, emojione style", "8"}, {"panda, twemoji style", "3"},
        {"hot beverage, flat style", "5"}, {"a red heart, noto style", "7"}, {"four-leaf clover, twemoji style", "2"},
        {"rocket, noto style", "4"}, {"octopus, noto style", "6"}, {"sun with face, twemoji style", "1"},
        {"snowman, flat style", "9"}, {"tropical fish, emojione style", "2"}, {"grinning face, noto style", "5"},
    };

    private final Chromium chromium;
    private final RunningServer server;
    private final Path folder;

    private Screenshots(Chromium chromium, RunningServer server, Path folder) {
        this.chromium = chromium;
        this.server = server;
        this.folder = folder;
    }

    /** Writes them into the folder that is named. */
    public static void main(String[] arguments) throws IOException {
        var data = Files.createTempDirectory("nextstep-screenshots");
        try (var chromium = Chromium.start();
                var server = RunningServer.start(data, Map.of())) {
            var made = new Screenshots(chromium, server, Path.of(arguments[0]));
            Files.createDirectories(made.folder);
            made.fill();
            made.light();
            made.dark();
            made.phone();
            made.workflow();
        }
    }

    private void fill() {
        for (var picture : PICTURES) {
            var job = server.post("/v1/jobs", "{\"prompt\": \"%s\", \"seed\": %s}".formatted((Object[]) picture))
                    .json();
            server.awaitState(job.path("id").asString(), "completed");
        }
    }

    private Page open(int width, int height, ColorScheme scheme) {
        var page = chromium.browser()
                .newPage(new Browser.NewPageOptions()
                        .setViewportSize(width, height)
                        .setColorScheme(scheme));
        page.setDefaultTimeout(300_000);
        page.navigate(server.uri("/").toString());
        page.locator("html[data-ready]").waitFor();
        page.locator(".tile img").first().waitFor();
        page.waitForCondition(() -> (boolean) page.evaluate(
                "() => [...document.querySelectorAll('.tile img')].every(i => i.complete && i.naturalWidth > 0)"));
        return page;
    }

    private void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
    }

    private void light() {
        try (var page = open(1240, 860, ColorScheme.LIGHT)) {
            page.getByLabel("Prompt", new Page.GetByLabelOptions().setExact(true))
                    .fill("a red heart");
            page.locator(".chip", new Page.LocatorOptions().setHasText("twemoji"))
                    .click();
            page.locator("#steps").fill("3000");
            page.locator("#draw").click();
            page.locator("#picture[data-rows='2']").waitFor();
            shoot(page, "growing");
            page.locator("#cancel").click();
            page.locator(".tile-open").nth(3).click();
            page.locator("#picture[data-rows='4']").waitFor();
            page.locator("#statistics summary").click();
            shoot(page, "light");
            page.locator("#edit").click();
            page.locator("#brush-mask").waitFor();
            page.locator("#brush-mask").hover(new Locator.HoverOptions().setPosition(120, 150));
            page.mouse().down();
            page.mouse().move(200, 420, new com.microsoft.playwright.Mouse.MoveOptions().setSteps(5));
            page.mouse().up();
            page.locator("#prompt").fill("make it blue");
            shoot(page, "edit");
        }
    }

    private void dark() {
        try (var page = open(1240, 860, ColorScheme.DARK)) {
            page.locator(".tile-open").nth(9).click();
            page.locator("#picture[data-rows='4']").waitFor();
            shoot(page, "dark");
            page.locator(".tile-mark input").nth(9).check();
            page.locator(".tile-mark input").nth(3).check();
            page.locator("#compare-open").click();
            page.locator("#compare-dialog").waitFor();
            page.waitForTimeout(500);
            shoot(page, "compare");
        }
    }

    private void phone() {
        try (var page = open(390, 844, ColorScheme.LIGHT)) {
            shoot(page, "phone-form");
            page.locator(".tile-open").nth(2).click();
            page.locator("#picture[data-rows='4']").waitFor();
            page.locator("#stage").scrollIntoViewIfNeeded();
            page.evaluate("document.getElementById('stage').scrollIntoView()");
            shoot(page, "phone");
        }
    }

    private void workflow() {
        try (var page = open(1240, 860, ColorScheme.LIGHT)) {
            page.locator(".segments label").nth(2).click();
            page.locator("#workflow-name").selectOption("marketing");
            page.locator("#workflow-value-product").fill("a bicycle");
            page.locator("#workflow-value-audience").fill("students");
            page.locator("#workflow-value-theme").fill("spring");
            page.locator("#draw").click();
            page.locator("#package").waitFor();
            page.locator("#picture:not([data-rows='0'])").waitFor();
            page.evaluate("() => window.scrollTo(0, 0)");
            shoot(page, "workflow");
        }
    }
}
