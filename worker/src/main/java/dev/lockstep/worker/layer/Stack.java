package dev.lockstep.worker.layer;

import java.util.ArrayList;
import java.util.List;

/** Layers one after the other, named by their positions, as {@code torch.nn.Sequential}. */
public final class Stack {
    private Stack() {}

    /** The layers as one, each fitted to what the one before gives. */
    public static Unit unit(List<Layer> layers, List<Integer> input, Scope scope) {
        List<Forward> forwards = new ArrayList<>();
        List<Integer> shape = input;
        for (int i = 0; i < layers.size(); i++) {
            Unit unit = layers.get(i).unit(shape, scope.within(Integer.toString(i), layers.get(i)));
            forwards.add(unit.forward());
            shape = unit.output();
        }

        Forward[] steps = forwards.toArray(Forward[]::new);
        return new Unit(shape, (x, pass) -> {
            for (Forward step : steps) {
                x = step.forward(x, pass);
            }
            return x;
        });
    }
}
