package dev.lockstep.params.shard;

import dev.lockstep.params.plane.HostRange;
import java.util.Arrays;

/** Which contributors have nothing to add to a range in one step, and what the shares of all weigh. One thread. */
final class Shares {
    private final boolean[] empty;
    private final double[] weights;

    Shares(int contributors) {
        this.empty = new boolean[contributors];
        this.weights = new double[contributors];
    }

    void setEmpty(int contributor) {
        empty[contributor] = true;
    }

    void weigh(int contributor, double weight) {
        weights[contributor] = weight;
    }

    /** What the stamps of the shard's own host say. */
    void read(int own, HostRange host) {
        empty[own] = host.isEmpty();
        weights[own] = host.weight();
    }

    boolean isEmpty(int contributor) {
        return empty[contributor];
    }

    /** Whether nobody before this one adds anything, so that its values need no zeros to be added to. */
    boolean isFirst(int contributor) {
        for (int before = 0; before < contributor; before++) {
            if (!empty[before]) {
                return false;
            }
        }

        return true;
    }

    boolean areAllEmpty() {
        return isFirst(empty.length);
    }

    /** Added in the contributors' order. */
    double weight() {
        double weight = 0;
        for (double each : weights) {
            weight += each;
        }

        return weight;
    }

    void clear() {
        Arrays.fill(empty, false);
        Arrays.fill(weights, 0);
    }
}
