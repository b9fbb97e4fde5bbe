package dev.nextstep.workflow.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void textIsNeverMarkup() {
        assertThat(Html.text("<b a=\"c\" d='e'>&amp;</b>"))
                .isEqualTo("&lt;b a=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;&lt;/b&gt;");
        assertThat(Html.text("a\0b\u001b\ud800c\u0085")).isEqualTo("a\uFFFDb\uFFFD\uFFFDc\uFFFD");
        assertThat(Html.text("♥ 日本 \uD83C\uDF55")).isEqualTo("♥ 日本 \uD83C\uDF55");
    }

    @Test
    void anyTextLosesItsMarkup() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            var text = new StringBuilder();
            for (int k = random.nextInt(30); k > 0; k--) {
                text.append(
                        random.nextBoolean()
                                ? "<>&\"'/=;\0".charAt(random.nextInt(9))
                                : (char) random.nextInt(0x10000));
            }
            assertThat(Html.text(text.toString()).replaceAll("&(lt|gt|amp|quot|#39);", ""))
                    .as("seed %d", seed)
                    .doesNotContain("<", ">", "&", "\"", "'", "\0");
        }
    }

    @Test
    void linksLeadToFilesBelowThePage() {
        for (String name : new String[] {"a b.png", "é日.png", "javascript:alert(1).png", "x/y#z?q.png", "100%.png"}) {
            var link = URI.create(Html.link(name));
            assertThat(link.getScheme()).isNull();
            assertThat(link.getPath()).isEqualTo("./" + name);
            assertThat(link.getQuery()).isNull();
        }
    }
}
