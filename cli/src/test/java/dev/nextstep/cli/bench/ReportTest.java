package dev.nextstep.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.nextstep.tensor.DataType;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ReportTest {

    @Test
    void aProductIsHeldAgainstTheLimitThatItMeetsFirst() {
        var limits = new MachineLimits(10e9, 100e9);
        // 4 MB at 10 GB/s are 0.4 ms; 2 MFLOP at 100 GFLOP/s 0.02 ms.
        var one = new KernelResult(DataType.F32, 1, 1000, 1000, Quartiles.once(0.8e-3));
        assertThat(one.bound(limits)).isEqualTo(KernelResult.Bound.MEMORY);
        assertThat(one.shareOfLimit(limits)).isCloseTo(0.5, within(1e-9));
        assertThat(one.gigabytesPerSecond()).isCloseTo(5, within(1e-9));
        // 64 rows: 128 MFLOP are 1.28 ms.
        var many = new KernelResult(DataType.F32, 64, 1000, 1000, Quartiles.once(1.6e-3));
        assertThat(many.bound(limits)).isEqualTo(KernelResult.Bound.ARITHMETIC);
        assertThat(many.shareOfLimit(limits)).isCloseTo(0.8, within(1e-9));
    }

    @Test
    void aLimitThatWasDisturbedIsNotHeldAgainstAProduct() {
        var limits = new MachineLimits(1e9, 100e9);
        var product = new KernelResult(DataType.F32, 1, 1000, 1000, Quartiles.once(3e-3));
        assertThat(product.hasShare(limits)).isTrue();
        assertThat(new KernelResult(DataType.F32, 1, 1000, 1000, Quartiles.once(2e-3)).hasShare(limits))
                .isFalse();
    }

    @Test
    void quartilesAreInterpolated() {
        assertThat(Quartiles.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Quartiles(1.75, 2.5, 3.25));
        assertThat(Quartiles.of(List.of(7.0))).isEqualTo(Quartiles.once(7));
    }

    @Test
    void featuresAreThoseOfArithmetic() {
        assertThat(MachineFacts.features("fpu sse fma avx2 avx512f amx_tile vmx avx512_vnni"))
                .containsExactly("amx_tile", "avx2", "avx512_vnni", "avx512f", "fma");
    }

    @Test
    void textNamesConditionsAndMarksEstimates() {
        var lines = TextReport.lines(BenchReports.of("m", 1e-3, 2), Optional.empty());
        assertThat(String.join("\n", lines))
                .contains("avx2 fma", "threads: 2", "load average 0.10 at the start", "hash abababababab", "1.2.3")
                .contains("memory is read at 10.0 GB/s", "100 GFLOP/s")
                .contains("~1.91", "is estimated");
        // 16 tokens have 15 transformer steps: the first comes with the prompt.
        assertThat(lines).anyMatch(l -> l.matches(" +16 +10\\.0 +1\\.00 +20\\.0 +0\\.47 +0\\.15"));
        assertThat(lines).anyMatch(l -> l.matches(" +4 +2\\.00 s +2\\.00 +5\\.00 MB +90\\.0 MB"));
    }

    @Test
    void thePageEscapesWhatComesFromOutside() {
        var html =
                HtmlReport.page(BenchReports.of("<script>alert('x')</script>", 1e-3, 2), Optional.empty(), List.of());
        assertThat(html)
                .contains("a &lt;processor&gt; &amp; &quot;more&quot;", "&lt;script&gt;alert(&#39;x&#39;)")
                .doesNotContain("<script", "http://", "https://", "src=", "url(");
    }

    @Test
    void plotsAreWellFormed() throws Exception {
        var report = BenchReports.of("a & b", 1e-3, 2);
        var html = HtmlReport.page(report, Optional.empty(), List.of(report.historyEntry()));
        int found = 0;
        for (int at = html.indexOf("<svg"); at >= 0; at = html.indexOf("<svg", at + 1)) {
            var svg = html.substring(at, html.indexOf("</svg>", at) + 6);
            var document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)));
            assertThat(document.getElementsByTagName("rect").getLength()).isPositive();
            assertThat(svg).doesNotContain("NaN", "Infinity");
            found++;
        }
        assertThat(found).isEqualTo(6);
    }

    @Test
    void barsAreAsLongAsTheirFigures() {
        var chart = new BarChart(
                "t",
                List.of("a"),
                List.of(new BarChart.Bar("x", List.of(1.0), "1"), new BarChart.Bar("y", List.of(0.5), "0.5")),
                0);
        assertThat(chart.svg()).contains("width=\"410.0\"", "width=\"205.0\"");
    }
}
