package dev.nextstep.train.optim;

/** Orthogonalised momentum of one matrix in plain double arithmetic, written from its formulas. */
final class ReferenceMuon {
    private final int rows;
    private final int columns;
    private final MuonSettings settings;
    private final double[][] momentum;

    ReferenceMuon(int rows, int columns, MuonSettings settings) {
        this.rows = rows;
        this.columns = columns;
        this.settings = settings;
        this.momentum = new double[rows][columns];
    }

    void step(double[][] weight, double[][] gradient, double lrFactor) {
        double mu = settings.momentum();
        var update = new double[rows][columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                momentum[r][c] = mu * momentum[r][c] + (1 - mu) * gradient[r][c];
                update[r][c] = (1 - mu) * gradient[r][c] + mu * momentum[r][c];
            }
        }
        var orthogonal = orthogonal(update, settings.iterations());
        double lr = settings.learningRate() * lrFactor;
        double scale = settings.updateRms() * Math.sqrt(Math.max(rows, columns));
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                weight[r][c] = weight[r][c] * (1 - lr * settings.weightDecay()) - lr * scale * orthogonal[r][c];
            }
        }
    }

    static double[][] orthogonal(double[][] matrix, int iterations) {
        double sum = 0;
        for (var row : matrix) {
            for (double v : row) {
                sum += v * v;
            }
        }
        double norm = Math.max(Math.sqrt(sum), 1e-7);
        var x = combine(1 / norm, matrix, 0, matrix);
        for (int i = 0; i < iterations; i++) {
            var gram = product(x, transposed(x));
            var polynomial = combine(-4.7750, gram, 2.0315, product(gram, gram));
            x = combine(3.4445, x, 1, product(polynomial, x));
        }
        return x;
    }

    static double[][] product(double[][] a, double[][] b) {
        var result = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    result[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return result;
    }

    static double[][] transposed(double[][] a) {
        var result = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                result[j][i] = a[i][j];
            }
        }
        return result;
    }

    private static double[][] combine(double alpha, double[][] a, double beta, double[][] b) {
        var result = new double[a.length][a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                result[i][j] = alpha * a[i][j] + beta * b[i][j];
            }
        }
        return result;
    }

    static double[][] rows(float[] values, int rows, int columns) {
        var result = new double[rows][columns];
        for (int i = 0; i < values.length; i++) {
            result[i / columns][i % columns] = values[i];
        }
        return result;
    }
}
