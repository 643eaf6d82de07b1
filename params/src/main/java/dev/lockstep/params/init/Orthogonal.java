package dev.lockstep.params.init;

import dev.lockstep.optim.SettingChecks;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * A random orthogonal matrix, after Saxe et al. (2013): {@code torch.nn.init.orthogonal_}.
 *
 * <pre>
 *   A Gaussian, as the matrix [shape[0], rest], transposed if it has fewer rows than columns
 *   A = QR,  W = gain · Q · sign(diag R), transposed back
 * </pre>
 *
 * The signs make Q uniform among all orthogonal matrices (Mezzadri 2007). The rows are orthogonal, or the columns where
 * there are fewer. Works in double; time grows with rows · columns · min(rows, columns).
 *
 * @param gain of the nonlinearity that follows, see {@link Gain}; finite
 */
public record Orthogonal(double gain) implements Initializer {
    public Orthogonal {
        SettingChecks.requireFinite("gain", gain);
    }

    public Orthogonal() {
        this(1);
    }

    @Override
    public void fill(List<Integer> shape, Draws draws, float[] values) {
        Shapes.requireDimensions("orthogonal", 2, Integer.MAX_VALUE, shape);
        int rows = shape.get(0);
        int columns = values.length / rows;
        double[][] lines = orthogonalLines(rows, columns, draws::normal);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float)
                    (gain * (rows < columns ? lines[i / columns][i % columns] : lines[i % columns][i / columns]));
        }
    }

    /**
     * The rows of Q for a wide matrix, its columns for a tall one.
     *
     * @param gaussian the matrix to decompose, row after row
     */
    static double[][] orthogonalLines(int rows, int columns, IntToDoubleFunction gaussian) {
        double[][] lines = new double[Math.min(rows, columns)][Math.max(rows, columns)];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double value = gaussian.applyAsDouble(row * columns + column);
                if (rows < columns) {
                    lines[row][column] = value;
                } else {
                    lines[column][row] = value;
                }
            }
        }

        Householder.orthonormalize(lines);
        return lines;
    }
}
