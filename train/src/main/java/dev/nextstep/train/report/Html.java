package dev.nextstep.train.report;

/** Text made fit for HTML. */
final class Html {
    private Html() {}

    static String text(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
