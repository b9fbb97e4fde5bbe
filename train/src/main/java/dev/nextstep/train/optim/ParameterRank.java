package dev.nextstep.train.optim;

/** How many dimensions the parameters of a group have. */
public enum ParameterRank {
    /** Any. */
    ANY,
    /** One at most: biases, norms. */
    VECTORS,
    /** Two or more: matrices, convolutions. */
    MATRICES;

    boolean fits(int dimensions) {
        return switch (this) {
            case ANY -> true;
            case VECTORS -> dimensions < 2;
            case MATRICES -> dimensions >= 2;
        };
    }
}
