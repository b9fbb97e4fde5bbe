package dev.nextstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.Picture;
import dev.nextstep.cli.terminal.ColorDepth;
import dev.nextstep.cli.terminal.Glyphs;
import dev.nextstep.cli.terminal.GraphicsProtocol;
import dev.nextstep.cli.terminal.StandardStream;
import dev.nextstep.cli.terminal.TerminalInfo;
import dev.nextstep.cli.terminal.TerminalOutput;
import dev.nextstep.cli.terminal.TerminalSize;
import dev.nextstep.engine.Cancellation;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is seen of a drawing, on a terminal and elsewhere. */
class DrawingViewTest {
    private static final TerminalInfo TERMINAL = new TerminalInfo(
            Set.of(StandardStream.ERR),
            Set.of(StandardStream.ERR),
            ColorDepth.TRUE_COLOR,
            TerminalSize.DEFAULT,
            Glyphs.UNICODE,
            GraphicsProtocol.BLOCKS);

    private static String seen(DrawingView.Preview preview, TerminalInfo terminal) {
        var text = new StringWriter();
        var model = Path.of(System.getProperty("project.root"), "models/emoji");
        try (var opened = NextStep.open(model);
                var view = new DrawingView(2, preview, terminal, TerminalOutput.of(new PrintWriter(text)))) {
            var request = GenerateRequest.builder("a red heart")
                    .steps(2)
                    .size(32, 48)
                    .count(2)
                    .seed(1)
                    .build();
            view.beginGroup(2);
            var pictures = opened.generateAll(request, view, new Cancellation());
            view.endGroup(pictures.stream().map(Picture::pixels).toList());
            view.succeed();
        }
        return text.toString();
    }

    @Test
    void picturesGrowAboveTheBar() {
        var seen = seen(DrawingView.Preview.ON, TERMINAL);
        assertThat(seen).contains("▀").contains("12 tokens").contains("192;192;192");
        var without = seen(DrawingView.Preview.OFF, TERMINAL);
        assertThat(without).doesNotContain("▀").contains("12 tokens");
    }

    @Test
    void shortWorkElsewhereIsSilent() {
        assertThat(seen(DrawingView.Preview.ON, TerminalInfo.PLAIN)).doesNotContain("▀", "\u001b");
    }
}
