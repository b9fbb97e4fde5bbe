package dev.nextstep.image;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Texts in an XMP packet: those of {@link XmpPacket}, and the properties in which other tools keep theirs. */
final class XmpTexts {
    private static final Set<String> PROPERTIES =
            Set.of("dc:description", "exif:UserComment", "tiff:ImageDescription", "xmp:CreatorTool");

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final XMLInputFactory FACTORY = factory();

    private XmpTexts() {}

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        // Foreign XML: no document type, so no entities that grow or reach out.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        // Without document types the JDK's limits on entities hold for the packet itself, which may be long.
        factory.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
        factory.setProperty("jdk.xml.totalEntitySizeLimit", "0");
        return factory;
    }

    /** The texts of a packet; what stands before damage is kept. */
    static List<PictureTexts.Entry> of(byte[] packet) {
        Reader reader = new Reader();
        read(packet, reader);
        return reader.out;
    }

    /** The name of the extended packet that goes with this one, empty if there is none. */
    static String extension(byte[] packet) {
        Reader reader = new Reader();
        read(packet, reader);
        return reader.extension;
    }

    private static void read(byte[] packet, Reader reader) {
        try {
            XMLStreamReader xml = FACTORY.createXMLStreamReader(characters(packet));
            try {
                while (xml.hasNext()) {
                    reader.event(xml.next(), xml);
                }
            } finally {
                xml.close();
            }
        } catch (XMLStreamException | RuntimeException damaged) {
            // The JDK's parser answers some bytes with runtime exceptions; either way the packet ends here.
            return;
        }
    }

    /**
     * The packet decoded, U+FFFD for what is not UTF-8. Left to itself, the JDK's parser stops at such bytes and writes a
     * complaint to the standard error stream.
     */
    private static java.io.Reader characters(byte[] packet) {
        int start = Arrays.mismatch(packet, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length ? BYTE_ORDER_MARK.length : 0;
        return new InputStreamReader(
                new ByteArrayInputStream(packet, start, packet.length - start), StandardCharsets.UTF_8);
    }

    private static final class Reader {
        final List<PictureTexts.Entry> out = new ArrayList<>();
        String extension = "";
        private String keyword = "";
        private String property = "";
        private final StringBuilder text = new StringBuilder();

        void event(int event, XMLStreamReader xml) {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> start(xml);
                case XMLStreamConstants.END_ELEMENT -> end(name(xml.getPrefix(), xml.getLocalName()));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(xml.getTextCharacters(), xml.getTextStart(), xml.getTextLength());
                default -> {
                    // Comments and instructions carry no text.
                }
            }
        }

        private void start(XMLStreamReader xml) {
            text.setLength(0);
            String name = name(xml.getPrefix(), xml.getLocalName());
            if (PROPERTIES.contains(name)) {
                property = name;
            }
            for (int i = 0; i < xml.getAttributeCount(); i++) {
                String attribute = name(xml.getAttributePrefix(i), xml.getAttributeLocalName(i));
                if (attribute.equals("xmpNote:HasExtendedXMP")) {
                    extension = xml.getAttributeValue(i);
                } else if (PROPERTIES.contains(attribute)) {
                    add(attribute, xml.getAttributeValue(i));
                }
            }
        }

        private void end(String name) {
            switch (name) {
                case "t:keyword" -> keyword = text.toString();
                case "t:value" -> add(keyword, text.toString());
                case "t:json" -> MetadataJson.string(text.toString()).ifPresent(value -> add(keyword, value));
                case "xmpNote:HasExtendedXMP" -> extension = text.toString();
                default -> {
                    // A property's text is its own or that of its first list item.
                    if (!property.isEmpty() && !text.isEmpty() && (name.equals(property) || name.equals("rdf:li"))) {
                        add(property, text.toString());
                        property = "";
                    }
                }
            }
            if (name.equals(property)) {
                property = "";
            }
            text.setLength(0);
        }

        private void add(String key, String value) {
            if (!key.isEmpty()) {
                String plain = key.startsWith("exif:") || key.startsWith("tiff:") ? key.substring(5) : key;
                out.add(new PictureTexts.Entry(PictureTexts.Source.XMP, plain, value));
            }
        }

        private static String name(String prefix, String local) {
            return prefix.isEmpty() ? local : prefix + ":" + local;
        }
    }
}
