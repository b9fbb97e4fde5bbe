package dev.nextstep.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;

/** Standard input as text. */
public final class StandardInput {
    /** Where a text is expected, this means that it is read from standard input. */
    public static final String MARK = "-";

    private StandardInput() {}

    static BufferedReader reader() {
        String encoding = System.getProperty("stdin.encoding", "");
        var charset = encoding.isEmpty() ? Charset.defaultCharset() : Charset.forName(encoding);
        return new BufferedReader(new InputStreamReader(System.in, charset));
    }

    /** Everything up to the end, without the last line break, which tools such as echo add. */
    public static String text() throws IOException {
        var text = new StringBuilder();
        var buffer = new char[8192];
        var reader = reader();
        for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
            text.append(buffer, 0, n);
        }
        return withoutLastLineBreak(text.toString());
    }

    static String withoutLastLineBreak(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** The text itself, or standard input if it is {@value #MARK}. */
    static String orGiven(String given) throws IOException {
        return given.equals(MARK) ? text() : given;
    }
}
