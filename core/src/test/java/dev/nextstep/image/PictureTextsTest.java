package dev.nextstep.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PictureTextsTest {
    private static final Pixels PICTURE = TestPictures.of(TestPictures.Kind.SMOOTH, 20, 10, new Random(1));

    private static List<PictureTexts.Entry> written(Map<String, String> texts, PictureFormat format) {
        byte[] file = PictureWriter.encode(PICTURE, format, WriteOptions.DEFAULT.withTexts(texts));
        assertThat(new PictureReader().read(file, "texts").width()).isEqualTo(20);
        return PictureTexts.read(file).entries();
    }

    private static void comeBack(Map<String, String> texts, PictureFormat format, String what) {
        Map<String, String> back = new LinkedHashMap<>();
        for (PictureTexts.Entry entry : written(texts, format)) {
            if (entry.source() != PictureTexts.Source.EXIF) {
                assertThat(back.put(entry.keyword(), entry.text())).isNull();
            }
        }
        assertThat(new ArrayList<>(back.entrySet())).as(what).isEqualTo(new ArrayList<>(texts.entrySet()));
    }

    @ParameterizedTest
    @EnumSource(PictureFormat.class)
    void whatIsWrittenIsRead(PictureFormat format) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Map<String, String> texts = new LinkedHashMap<>();
            for (int n = random.nextInt(4); n >= 0; n--) {
                String key = random.nextInt(3) == 0 ? "parameters" : "a<&\">é" + n;
                StringBuilder text = new StringBuilder();
                int range = random.nextInt(4);
                for (int i = random.nextInt(random.nextInt(20) == 0 ? 100_000 : 40); i > 0; i--) {
                    int c = random.nextInt(
                            List.of(0x20, 0x100, 0x3000, 0x110000).get(range));
                    text.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? ']' : c);
                }
                texts.put(key, text.toString());
            }
            comeBack(texts, format, "seed " + seed + ", round " + round);
        }
        comeBack(Map.of("k", "]]>&amp;<![CDATA[\r\n\t \0 "), format, "markup");
        comeBack(Map.of("k", ""), format, "empty");
    }

    @ParameterizedTest
    @EnumSource(PictureFormat.class)
    void longTexts(PictureFormat format) {
        comeBack(Map.of("k", "<ж&>".repeat(300_000), "parameters", "x".repeat(70_000)), format, "long");
        comeBack(Map.of("k", "\0".repeat(PngText.DEFAULT_LIMIT)), format, "longest");
        assertThatThrownBy(() -> WriteOptions.DEFAULT.withTexts(Map.of("k", "ж".repeat(PngText.DEFAULT_LIMIT / 2 + 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(PngText.DEFAULT_LIMIT));
    }

    @ParameterizedTest
    @EnumSource(PictureFormat.class)
    void surrogatesWithoutPartnersAreReplaced(PictureFormat format) {
        assertThat(written(Map.of("k", "a\uD800b"), format).getFirst().text()).isEqualTo("a\uFFFDb");
    }

    @ParameterizedTest
    @EnumSource(
            value = PictureFormat.class,
            names = {"JPEG", "WEBP"})
    void parametersAreWhereOtherToolsLook(PictureFormat format) {
        String text = "夕暮れ 🦊\nSteps: 28, Sampler: Euler, Seed: 1";
        assertThat(written(Map.of("parameters", text), format))
                .contains(new PictureTexts.Entry(PictureTexts.Source.EXIF, "UserComment", text));
    }

    @Test
    void characterCodesOfUserComments() {
        String english = "a fox\nSteps: 28, Sampler: Euler";
        String japanese = "夕暮れの灯台, Steps: 28";
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            for (Charset utf16 :
                    List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16)) {
                assertThat(comment("UNICODE\0", english.getBytes(utf16), order)).isEqualTo(english);
                assertThat(comment("UNICODE\0", japanese.getBytes(utf16), order))
                        .isEqualTo(japanese);
            }
            assertThat(comment("ASCII\0\0\0", "plain\0\0".getBytes(StandardCharsets.UTF_8), order))
                    .isEqualTo("plain");
            assertThat(comment("\0\0\0\0\0\0\0\0", "ж".getBytes(StandardCharsets.UTF_8), order))
                    .isEqualTo("ж");
            assertThat(comment("ASCII\0\0\0", "é".getBytes(StandardCharsets.ISO_8859_1), order))
                    .isEqualTo("é");
            for (String jis : List.of("Shift_JIS", "ISO-2022-JP")) {
                assertThat(comment("JIS\0\0\0\0\0", japanese.getBytes(Charset.forName(jis)), order))
                        .isEqualTo(japanese);
            }
        }
    }

    private static String comment(String code, byte[] text, ByteOrder order) {
        ByteBuffer block = ByteBuffer.allocate(26 + 8 + text.length).order(order);
        byte mark = (byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I');
        block.put(mark).put(mark).putShort((short) 42).putInt(8).putShort((short) 1);
        block.putShort((short) 0x9286)
                .putShort((short) 7)
                .putInt(8 + text.length)
                .putInt(26);
        block.putInt(0);
        block.put(code.getBytes(StandardCharsets.ISO_8859_1)).put(text);
        return ExifTexts.of(block.array()).getFirst().text();
    }

    @Test
    void commentsAndForeignXmp() {
        String xmp = """
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
                 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmp:CreatorTool="tool">
                <dc:description><rdf:Alt><rdf:li xml:lang="x-default">a fox</rdf:li></rdf:Alt></dc:description>
                <exif:UserComment>Steps: 1</exif:UserComment>
                </rdf:Description></rdf:RDF></x:xmpmeta>""";
        assertThat(XmpTexts.of(xmp.getBytes(StandardCharsets.UTF_8)))
                .extracting(PictureTexts.Entry::keyword, PictureTexts.Entry::text)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("xmp:CreatorTool", "tool"),
                        org.assertj.core.groups.Tuple.tuple("dc:description", "a fox"),
                        org.assertj.core.groups.Tuple.tuple("UserComment", "Steps: 1"));
        byte[] jpeg = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xFE, 0, 4, 'h', 'i', (byte) 0xFF, (byte) 0xD9};
        assertThat(PictureTexts.read(jpeg).find("comment")).hasValue("hi");
    }

    /** Such a byte ends nothing, and nobody but the caller hears of it. */
    @Test
    void xmpThatIsNotUtf8KeepsItsTexts() {
        String xmp = "\uFEFF<r xmlns:t=\"t\"><t:keyword>k</t:keyword><t:value>a fox@, red</t:value></r>";
        byte[] packet = xmp.getBytes(StandardCharsets.UTF_8);
        packet[3 + xmp.indexOf('@') - 1] = (byte) 0xE9;
        var standardError = System.err;
        var heard = new ByteArrayOutputStream();
        System.setErr(new PrintStream(heard, true, StandardCharsets.UTF_8));
        try {
            assertThat(XmpTexts.of(packet)).extracting(PictureTexts.Entry::text).containsExactly("a fox\uFFFD, red");
        } finally {
            System.setErr(standardError);
        }
        assertThat(heard.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void entitiesAreNotExpanded() {
        String bomb = """
                <!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>
                <r xmlns:t="t"><t:keyword>k</t:keyword><t:value>&b;&f;</t:value></r>""";
        assertThat(XmpTexts.of(bomb.getBytes(StandardCharsets.UTF_8)))
                .extracting(PictureTexts.Entry::text)
                .allMatch(String::isEmpty);
    }
}
