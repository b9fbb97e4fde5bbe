package dev.nextstep.cli.terminal;

import java.nio.charset.Charset;
import java.util.Optional;
import java.util.Set;

/** What the operating system knows about the streams of this process; tests have their own. */
public interface TerminalProbe {

    /** The streams that go to a terminal. */
    Set<StandardStream> terminals();

    /** The size of that terminal, empty if the system does not tell. */
    Optional<TerminalSize> size(Detail detail);

    /** What of a size is wanted. */
    enum Detail {
        /** Columns and rows. */
        CELLS,
        /** The pixels of a cell too, which takes longer to find out. */
        PIXELS
    }

    /** The encoding of text on the terminal. */
    Charset charset();

    /** The probe of this process. */
    static TerminalProbe system() {
        return new SystemProbe();
    }
}
