package dev.nextstep.data.vocabulary;

import java.util.Comparator;

/** Ids of two neighbouring tokens. */
record TokenPair(int left, int right) implements Comparable<TokenPair> {
    private static final Comparator<TokenPair> ORDER =
            Comparator.comparingInt(TokenPair::left).thenComparingInt(TokenPair::right);

    @Override
    public int compareTo(TokenPair other) {
        return ORDER.compare(this, other);
    }
}
