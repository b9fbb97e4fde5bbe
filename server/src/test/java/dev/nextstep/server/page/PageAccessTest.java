package dev.nextstep.server.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page for everybody: by keyboard, on a phone, in the dark, with a screen reader, and with prompts that mean harm. */
class PageAccessTest extends BrowserTest {
    @Test
    void promptsAreTextAndNothingElse() {
        var prompts = List.of(
                "<img src=x onerror=alert(1)>\"'`;--${alert(1)}</textarea><script>alert(1)</script>",
                "one\ntwo \u202Eback \u2067ward\u2069 \u200F \uD83D\uDC96",
                "x".repeat(900));
        for (var prompt : prompts) {
            at("prompt").fill(prompt);
            at("steps").fill("2");
            at("draw").click();
            page.waitForCondition(() -> prompt.equals(at("caption").textContent()));
            awaitWhole();
            assertThat(newest().at("/settings/prompt/0").asString()).isEqualTo(prompt);
            at("use").click();
            assertThat(at("prompt").inputValue()).isEqualTo(prompt);
            assertThat(page.evaluate("() => document.querySelectorAll('[onerror], main script, .caption *').length"))
                    .isEqualTo(0);
            assertFits();
        }
        var tooLong = "x".repeat(10_000); // more than this model reads: refused, and still only text
        at("prompt").fill(tooLong);
        at("draw").click();
        assertThat(at("error")).containsText("The server says:");
        assertThat(at("prompt")).hasValue(tooLong);
        assertFits();
        submit("<b onmouseover=alert(1)>queue</b>", "\"size\": \"256x256\", \"steps\": 2000");
        page.reload();
        assertThat(page.locator("#jobs .job-name")).hasText("<b onmouseover=alert(1)>queue</b>");
        assertThat(page.evaluate("() => document.querySelectorAll('main b, [onmouseover]').length"))
                .isEqualTo(0);
        at("search").fill("<img");
        assertThat(page.locator(".tile")).hasCount(1);
        assertThat(page.locator(".tile-words")).hasText(prompts.getFirst());
    }

    @Test
    void everythingCanBeDoneByKeyboard() {
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(at("prompt")).isFocused();
        page.keyboard().type("a star");
        page.keyboard().press("Control+Enter");
        awaitWhole();
        at("prompt").focus();
        var reached = new LinkedHashSet<String>();
        for (int i = 0; i < 45; i++) {
            page.keyboard().press("Tab");
            var focus = (List<?>) page.evaluate("""
                            () => {
                              const e = document.activeElement;
                              const box = e.getBoundingClientRect();
                              const ring = [e, e.nextElementSibling, e.parentElement].some(x => x && getComputedStyle(x).outlineStyle !== 'none');
                              return [e.id || e.className || e.name || e.tagName, box.width > 0 && box.height > 0, ring];
                            }""");
            if (!focus.getFirst().equals("BODY")) {
                assertThat(focus.get(1)).as("can be seen: " + focus.getFirst()).isEqualTo(true);
                assertThat(focus.get(2))
                        .as("shows that it has the focus: " + focus.getFirst())
                        .isEqualTo(true);
            }
            reached.add(focus.getFirst().toString());
        }
        assertThat(reached)
                .contains(
                        "style",
                        "size",
                        "n",
                        "seed",
                        "seed-lock",
                        "steps",
                        "guidance",
                        "draw",
                        "download",
                        "use",
                        "again")
                .contains("edit", "compare-mark", "search", "tile-open")
                .containsSubsequence("steps", "draw", "download", "search", "tile-open");

        at("edit").focus();
        page.keyboard().press("Enter");
        at("brush-mask").waitFor(); // the focus would go to a mask that is not shown yet, and nowhere
        at("brush-mask").focus();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Space");
        page.keyboard().press("Shift+ArrowRight");
        assertThat(page.evaluate("""
                        () => {
                          const canvas = document.getElementById('brush-mask');
                          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                          return data.some((value, i) => i % 4 === 3 && value > 0);
                        }""")).isEqualTo(true);
    }

    @Test
    void aPhoneIsWideEnough() {
        draw("a phone", 1);
        open(new Browser.NewContextOptions()
                .setViewportSize(360, 740)
                .setHasTouch(true)
                .setIsMobile(true)
                .setDeviceScaleFactor(2));
        assertFits();
        page.locator(".tile-open").first().tap();
        awaitWhole();
        assertFits();
        assertThat(at("picture").boundingBox().width).as("width of the picture").isGreaterThan(280);
        at("edit").tap();
        at("brush-mask").waitFor();
        assertFits();
        page.locator(".segments label").nth(2).tap();
        at("workflow-name").selectOption("brand");
        assertFits();
        var small = page.evaluate("""
                () => [...document.querySelectorAll('button, select, input, summary, a')]
                  .map(e => [e.id || e.className, (e.closest('label') ?? e).getBoundingClientRect()])
                  .filter(([, box]) => box.width > 1 && (box.width < 24 || box.height < 24))
                  .map(([name]) => name)""");
        assertThat((List<?>) small).as("what is too small for a finger").isEmpty();
    }

    private void assertFits() {
        assertThat(page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"))
                .as("nothing sticks out to the side")
                .isEqualTo(true);
    }

    @Test
    void darkIsDarkAndCanBeChosen() {
        assertThat(brightness()).isGreaterThan(200);
        at("theme").selectOption("dark");
        assertThat(brightness()).isLessThan(50);
        open(new Browser.NewContextOptions().setColorScheme(ColorScheme.DARK));
        assertThat(brightness()).isLessThan(50);
        at("theme").selectOption("light");
        page.reload();
        assertThat(brightness()).isGreaterThan(200);
    }

    private int brightness() {
        return (int) page.evaluate("() => Number(getComputedStyle(document.body).backgroundColor.match(/[0-9]+/)[0])");
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void axeFindsNothingSerious(ColorScheme scheme) {
        draw("axe one", 1);
        draw("axe two", 2);
        open(new Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(1240, 900));
        axe("at the start");
        blocker();
        submit("axe waits", "\"steps\": 2");
        page.reload();
        page.locator("#jobs li").nth(1).waitFor();
        page.locator(".tile-open").first().click();
        awaitWhole();
        page.locator("#statistics summary").click();
        page.locator(".more summary").click();
        axe("with a picture and a queue");
        at("draw").click();
        at("error").waitFor();
        at("edit").click();
        at("brush-mask").waitFor();
        axe("with a mask and an error");
        page.locator(".tile-mark input").nth(0).check();
        page.locator(".tile-mark input").nth(1).check();
        at("compare-open").click();
        at("compare-dialog").waitFor();
        axe("in the comparison");
        page.keyboard().press("Escape");
        page.locator(".segments label").nth(2).click();
        axe("with a workflow");
        at("key-open").click();
        axe("in the dialog of the key");
    }

    private void axe(String where) {
        page.evaluate(AXE);
        var found = (List<?>) page.evaluate("""
                        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
                          .filter(v => v.impact === 'serious' || v.impact === 'critical' || v.impact === 'moderate')
                          .map(v => v.id + ': ' + v.nodes.map(n => n.target + ' ' + n.failureSummary).join('; '))""");
        assertThat(new ArrayList<>(found)).as(where).isEmpty();
    }

    private static final String AXE = script();

    private static String script() {
        try (var in = PageAccessTest.class.getResourceAsStream("/axe.min.js")) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
