package dev.nextstep.prompt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Finds added tokens in text: leftmost first, the longest of those, without overlap, as Hugging Face's library does. A
 * match that its flags forbid is passed over as a whole: nothing shorter is looked for inside it.
 */
final class AddedTokenMatcher {
    private static final int ROOT = 0;
    private static final int NO_EDGE = -1;

    /** Edges of the trie, packed and sorted: a look-up per character of every text must not allocate. */
    private final long[] edges;

    private final int[] nodeAfterEdge;
    private final List<AddedToken> endOfNode = new ArrayList<>();
    private final List<Integer> tokenOfNode = new ArrayList<>();

    /** Looks for these tokens; {@code spelling} of a token is what must stand in the text. */
    AddedTokenMatcher(List<AddedToken> tokens, java.util.function.UnaryOperator<String> spelling) {
        Map<Long, Integer> growing = new TreeMap<>();
        tokenOfNode.add(-1);
        for (var token : tokens) {
            int node = ROOT;
            String text = spelling.apply(token.content());
            for (int i = 0; i < text.length(); i++) {
                node = growing.computeIfAbsent(edge(node, text.charAt(i)), e -> {
                    tokenOfNode.add(-1);
                    return tokenOfNode.size() - 1;
                });
            }
            if (node != ROOT && tokenOfNode.get(node) < 0) {
                tokenOfNode.set(node, endOfNode.size());
                endOfNode.add(token);
            }
        }
        edges = growing.keySet().stream().mapToLong(Long::longValue).toArray();
        nodeAfterEdge = growing.values().stream().mapToInt(Integer::intValue).toArray();
    }

    private static long edge(int node, char c) {
        return ((long) node << 16) | c;
    }

    private int follow(int node, char c) {
        int at = Arrays.binarySearch(edges, edge(node, c));
        return at < 0 ? NO_EDGE : nodeAfterEdge[at];
    }

    /** Passes on text and tokens in order; empty text is left out. */
    void split(String text, Consumer<String> plain, IntConsumer tokenIds) {
        int done = 0;
        int at = endOfNode.isEmpty() ? text.length() : 0;
        while (at < text.length()) {
            int node = ROOT;
            int end = at;
            AddedToken found = null;
            for (int i = at; i < text.length(); i++) {
                node = follow(node, text.charAt(i));
                if (node == NO_EDGE) {
                    break;
                }
                int token = tokenOfNode.get(node);
                if (token >= 0) {
                    found = endOfNode.get(token);
                    end = i + 1;
                }
            }
            if (found == null) {
                at++;
                continue;
            }
            if (found.boundary() == AddedToken.Boundary.ANYWHERE || standsAlone(text, at, end)) {
                int start = found.strip().left() ? Math.max(done, spaceBefore(text, at)) : at;
                int stop = found.strip().right() ? spaceAfter(text, end) : end;
                if (start > done) {
                    plain.accept(text.substring(done, start));
                }
                tokenIds.accept(found.id());
                done = stop;
            }
            at = end;
        }
        if (done < text.length()) {
            plain.accept(text.substring(done));
        }
    }

    private static boolean standsAlone(String text, int start, int end) {
        return (start == 0 || !isWordCharacter(text.codePointBefore(start)))
                && (end == text.length() || !isWordCharacter(text.codePointAt(end)));
    }

    /** The Unicode class {@code \w}: alphabetic, mark, decimal digit, connector, joiner. */
    private static boolean isWordCharacter(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.CONNECTOR_PUNCTUATION -> true;
            default -> Character.isAlphabetic(c) || c == 0x200C || c == 0x200D;
        };
    }

    private static int spaceBefore(String text, int end) {
        int at = end;
        while (at > 0 && UnicodeClasses.isWhiteSpace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private static int spaceAfter(String text, int from) {
        int at = from;
        while (at < text.length() && UnicodeClasses.isWhiteSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
