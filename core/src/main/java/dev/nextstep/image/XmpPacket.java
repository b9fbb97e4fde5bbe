package dev.nextstep.image;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Texts as an XMP packet, for the formats that have no text chunks: a sequence of keyword and value pairs. */
final class XmpPacket {
    private XmpPacket() {}

    static byte[] of(Map<String, String> texts) {
        StringBuilder items = new StringBuilder();
        texts.forEach((keyword, text) -> {
            // XML has no way to write most control characters; JSON has.
            boolean plain = text.codePoints().allMatch(XmpPacket::isXml);
            String element = plain ? "t:value" : "t:json";
            items.append("<rdf:li rdf:parseType=\"Resource\"><t:keyword>")
                    .append(escape(keyword))
                    .append("</t:keyword><")
                    .append(element)
                    .append('>')
                    .append(escape(plain ? text : MetadataJson.quote(text)))
                    .append("</")
                    .append(element)
                    .append("></rdf:li>");
        });
        return packet("""
                <rdf:Description rdf:about="" xmlns:t="https://nextstep.dev/ns/text/1.0/">\
                <t:texts><rdf:Seq>%s</rdf:Seq></t:texts></rdf:Description>""".formatted(items));
    }

    /** A packet that says only that the real one, with this name, stands in pieces elsewhere in the file. */
    static byte[] pointingTo(String guid) {
        return packet("""
                <rdf:Description rdf:about="" xmlns:xmpNote="http://ns.adobe.com/xmp/note/" \
                xmpNote:HasExtendedXMP="%s"/>""".formatted(guid));
    }

    private static byte[] packet(String description) {
        return """
                <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>\
                <x:xmpmeta xmlns:x="adobe:ns:meta/">\
                <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
                %s</rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".formatted(description).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF && (c < 0xD800 || c > 0xDFFF));
    }

    /** Markup for characters that have a meaning in XML; nothing here that XML cannot hold. */
    private static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\r' -> out.append("&#13;");
                default -> out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}
