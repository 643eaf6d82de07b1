package dev.lockstep.worker.layer;

import java.util.ArrayList;
import java.util.List;

/** The shape of several results joined along their first dimension. */
final class Joined {
    private Joined() {}

    static List<Integer> shape(List<List<Integer>> shapes, List<Integer> input, Scope scope) {
        List<Integer> first = shapes.get(0);
        int sum = 0;
        for (List<Integer> shape : shapes) {
            boolean fits = !shape.isEmpty()
                    && shape.size() == first.size()
                    && shape.subList(1, shape.size()).equals(first.subList(1, first.size()));
            if (!fits) {
                throw scope.refuse(input, "results that differ in their first extent at most: results=" + shapes);
            }
            sum = Math.addExact(sum, shape.get(0));
        }

        List<Integer> joined = new ArrayList<>(first);
        joined.set(0, sum);
        return joined;
    }
}
