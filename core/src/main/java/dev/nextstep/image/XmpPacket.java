package dev.nextstep.image;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Texts as an XMP packet, for the formats that have no text chunks: a sequence of keyword and value pairs. */
final class XmpPacket {
    private XmpPacket() {}

    static byte[] of(Map<String, String> texts) {
        StringBuilder items = new StringBuilder();
        texts.forEach((keyword, text) -> items.append("<rdf:li rdf:parseType=\"Resource\"><t:keyword>")
                .append(escape(keyword))
                .append("</t:keyword><t:value>")
                .append(escape(text))
                .append("</t:value></rdf:li>"));
        String packet = """
                <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>\
                <x:xmpmeta xmlns:x="adobe:ns:meta/">\
                <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
                <rdf:Description rdf:about="" xmlns:t="https://nextstep.dev/ns/text/1.0/">\
                <t:texts><rdf:Seq>%s</rdf:Seq></t:texts>\
                </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".formatted(items);
        return packet.getBytes(StandardCharsets.UTF_8);
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\r' -> out.append("&#13;");
                default -> {
                    boolean allowed = c == '\t'
                            || c == '\n'
                            || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF && (c < 0xD800 || c > 0xDFFF));
                    out.appendCodePoint(allowed ? c : 0xFFFD);
                }
            }
        });
        return out.toString();
    }
}
