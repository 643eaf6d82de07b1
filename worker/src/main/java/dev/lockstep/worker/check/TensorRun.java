package dev.lockstep.worker.check;

import dev.lockstep.params.Parameter;
import dev.lockstep.worker.check.TensorCheck.Outcome;

/** The check of one parameter tensor. */
final class TensorRun {
    private final GradientCheck settings;
    private final LossSurface surface;
    private final double loss;
    private final double[] gradient;
    private final int parameter;

    private int tried;
    private int corners;
    private int worst;
    private double worstOff = -1;
    private double worstSlope;
    private double largest;
    private boolean wrong;
    private boolean seen;

    TensorRun(GradientCheck settings, LossSurface surface, double loss, double[] gradient, int parameter) {
        this.settings = settings;
        this.surface = surface;
        this.loss = loss;
        this.gradient = gradient;
        this.parameter = parameter;
    }

    /** @param start of the tensor in the flat vector */
    TensorCheck check(int start) {
        Parameter tensor = surface.parameters().get(parameter);
        double scale = largestGradient(start, tensor.size());
        Draw draw = new Draw(settings.seed(), tensor, gradient, start);
        for (int drawn = 0; tried < settings.values() && drawn < settings.draws(); drawn++) {
            int value = draw.next();
            if (value < 0) {
                break;
            }
            if (surface.isTrained(parameter, value)) {
                compare(start, value, scale);
            }
        }

        double error = outcome() == Outcome.FLAT || tried == 0 ? 0 : worstOff / largest;
        double ofWorst = tried == 0 ? 0 : gradient[start + worst];
        return new TensorCheck(tensor, outcome(), error, tried, corners, worst, ofWorst, worstSlope);
    }

    private double largestGradient(int start, int count) {
        double scale = 0;
        for (int i = start; i < start + count; i++) {
            scale = Math.max(scale, Math.abs(gradient[i]));
        }

        return scale;
    }

    private void compare(int start, int value, double scale) {
        double g = gradient[start + value];
        double wanted = settings.tolerance() * scale;
        Difference difference = Difference.at(start + value, surface, loss, g, wanted);
        double slope = difference.slope();
        double off = Math.abs(g - slope);
        boolean agrees = off <= settings.tolerance() * Math.max(scale, Math.abs(slope)) + difference.doubt();
        if (!agrees && difference.isCorner(g, wanted)) {
            corners++;
            return;
        }

        tried++;
        // What is not finite agrees with nothing.
        wrong |= !agrees;
        seen |= Math.max(Math.abs(g), Math.abs(slope)) > difference.doubt();
        largest = Math.max(largest, Math.max(Math.abs(g), Math.abs(slope)));
        if (!(off <= worstOff)) {
            worstOff = off;
            worst = value;
            worstSlope = slope;
        }
    }

    private Outcome outcome() {
        if (wrong) {
            return Outcome.WRONG;
        }
        if (tried == 0) {
            return corners == 0 ? Outcome.FLAT : Outcome.CORNERS;
        }
        return seen ? Outcome.RIGHT : Outcome.FLAT;
    }
}
