package dev.lockstep.driver.data.preprocess;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;

/**
 * Σ (x − mean)(x − mean)ᵀ over some rows: the upper triangle, row after row. Each row of the triangle is walked once
 * for four examples, which spares memory traffic.
 *
 * <p>A plain final class and not a record, because it is a task's result.
 */
final class CentredProducts implements Serializable {
    private static final int TOGETHER = 4;

    private final int width;
    private final double[] triangle;

    private CentredProducts(int width) {
        this.width = width;
        this.triangle = new double[Math.toIntExact((long) width * (width + 1) / 2)];
    }

    /** One sum, or none if there are no rows. */
    static Iterator<CentredProducts> of(Iterator<double[]> rows, double[] mean) {
        if (!rows.hasNext()) {
            return List.<CentredProducts>of().iterator();
        }
        CentredProducts products = new CentredProducts(mean.length);
        double[][] four = new double[TOGETHER][mean.length];
        while (rows.hasNext()) {
            for (double[] centred : four) {
                centre(rows.hasNext() ? rows.next() : mean, mean, centred);
            }
            products.add(four);
        }
        return List.of(products).iterator();
    }

    private static void centre(double[] row, double[] mean, double[] into) {
        for (int i = 0; i < mean.length; i++) {
            into[i] = row[i] - mean[i];
        }
    }

    private void add(double[][] four) {
        double[] a = four[0];
        double[] b = four[1];
        double[] c = four[2];
        double[] d = four[3];
        for (int i = 0, start = 0; i < width; start += width - i, i++) {
            addRow(i, start - i, a, b, c, d);
        }
    }

    private void addRow(int i, int start, double[] a, double[] b, double[] c, double[] d) {
        double[] sums = triangle;
        for (int j = i; j < a.length; j++) {
            sums[start + j] += a[i] * a[j] + b[i] * b[j] + c[i] * c[j] + d[i] * d[j];
        }
    }

    CentredProducts plus(CentredProducts other) {
        for (int i = 0; i < triangle.length; i++) {
            triangle[i] += other.triangle[i];
        }
        return this;
    }

    /** Both triangles, row after row. */
    double[] toMatrix() {
        double[] matrix = new double[Math.multiplyExact(width, width)];
        for (int i = 0, next = 0; i < width; i++) {
            for (int j = i; j < width; j++, next++) {
                matrix[i * width + j] = triangle[next];
                matrix[j * width + i] = triangle[next];
            }
        }
        return matrix;
    }
}
