package dev.nextstep.prompt;

/**
 * The alphabet of byte-level BPE: tokenizer files write every byte as one printable character. Printable Latin-1 bytes
 * stand for themselves, the other 68 follow from U+0100 on.
 */
final class ByteAlphabet {
    private static final char[] TO_CHAR = new char[256];
    private static final short[] TO_BYTE = new short[256 + 68];

    static {
        java.util.Arrays.fill(TO_BYTE, (short) -1);
        char next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174;
            char c = printable ? (char) b : next++;
            TO_CHAR[b] = c;
            TO_BYTE[c] = (short) b;
        }
    }

    private ByteAlphabet() {}

    static char toChar(int unsignedByte) {
        return TO_CHAR[unsignedByte];
    }

    /** The byte 0..255, or −1 where the character is not in the alphabet. */
    static int toByte(char c) {
        return c < TO_BYTE.length ? TO_BYTE[c] : -1;
    }

    /** Whether every character stands for a byte. */
    static boolean covers(String token) {
        for (int i = 0; i < token.length(); i++) {
            if (toByte(token.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
