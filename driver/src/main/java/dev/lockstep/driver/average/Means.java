package dev.lockstep.driver.average;

import dev.lockstep.losses.Tensor;
import java.util.List;

/** Means over tensors of one shape, in numbers that neither overflow nor vanish. See {@link Averaging}. */
final class Means {
    private Means() {}

    static Tensor ofValues(List<Tensor> all) {
        Tensor mean = Tensor.zeros(all.get(0).shape());
        for (int i = 0; i < mean.size(); i++) {
            double sum = 0;
            for (Tensor one : all) {
                sum += one.data()[i];
            }
            mean.data()[i] = sum / all.size();
        }
        return mean;
    }

    /** log of the mean of exp. */
    static Tensor ofLogarithms(List<Tensor> all) {
        Tensor mean = Tensor.zeros(all.get(0).shape());
        double[] column = new double[all.size()];
        for (int i = 0; i < mean.size(); i++) {
            for (int k = 0; k < column.length; k++) {
                column[k] = all.get(k).data()[i];
            }
            mean.data()[i] = logMeanExp(column);
        }
        return mean;
    }

    /** logit of the mean of σ: log mean σ(x) − log mean σ(−x). */
    static Tensor ofLogits(List<Tensor> all) {
        Tensor mean = Tensor.zeros(all.get(0).shape());
        double[] yes = new double[all.size()];
        double[] no = new double[all.size()];
        for (int i = 0; i < mean.size(); i++) {
            for (int k = 0; k < yes.length; k++) {
                double x = all.get(k).data()[i];
                yes[k] = -softplus(-x);
                no[k] = -softplus(x);
            }
            mean.data()[i] = logMeanExp(yes) - logMeanExp(no);
        }
        return mean;
    }

    static Tensor ofMixtures(List<Tensor> all) {
        Tensor mean = Tensor.zeros(all.get(0).shape());
        int rows = mean.extent(0);
        int half = rows == 0 ? 0 : mean.size() / rows / 2;
        for (int i = 0; i < rows * half; i++) {
            int at = i / half * 2 * half + i % half;
            double sum = 0;
            double squares = 0;
            for (Tensor one : all) {
                double m = one.data()[at];
                sum += m;
                squares += one.data()[at + half] + m * m;
            }
            double m = sum / all.size();
            mean.data()[at] = m;
            mean.data()[at + half] = Math.max(0, squares / all.size() - m * m);
        }
        return mean;
    }

    /** Over dimension 1. */
    static Tensor logSoftmax(Tensor scores) {
        int[] shape = scores.shape();
        int classes = shape[1];
        int inner = 1;
        for (int d = 2; d < shape.length; d++) {
            inner *= shape[d];
        }
        Tensor logs = Tensor.zeros(shape);
        double[] column = new double[classes];
        for (int at = 0; at < scores.size(); at += at % inner == inner - 1 ? (classes - 1) * inner + 1 : 1) {
            for (int c = 0; c < classes; c++) {
                column[c] = scores.data()[at + c * inner];
            }
            double norm = logMeanExp(column) + Math.log(classes);
            for (int c = 0; c < classes; c++) {
                logs.data()[at + c * inner] = column[c] - norm;
            }
        }
        return logs;
    }

    private static double logMeanExp(double[] values) {
        double most = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            most = Math.max(most, value);
        }
        if (Double.isInfinite(most)) {
            return most;
        }

        double sum = 0;
        for (double value : values) {
            sum += Math.exp(value - most);
        }
        return most + Math.log(sum / values.length);
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
}
