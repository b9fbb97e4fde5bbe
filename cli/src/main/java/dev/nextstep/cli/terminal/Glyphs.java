package dev.nextstep.cli.terminal;

import java.nio.charset.Charset;

/** Which characters the terminal's encoding holds. */
public enum Glyphs {
    /** Blocks, lines and ellipses. */
    UNICODE,
    /** ASCII only. */
    ASCII;

    /** What can be written in an encoding. */
    public static Glyphs of(Charset charset) {
        return charset.canEncode() && charset.newEncoder().canEncode("▀━╸…") ? UNICODE : ASCII;
    }
}
