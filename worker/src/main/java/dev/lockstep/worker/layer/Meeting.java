package dev.lockstep.worker.layer;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** How what the inputs of a network give, vectors for each example, becomes one vector. */
public sealed interface Meeting extends Serializable permits ConcatMeeting, SumMeeting, DotMeeting {
    /**
     * One of those that meet.
     *
     * @param input the one of the network's inputs that it comes from
     * @param name as messages call it
     */
    record Vector(String input, String name, int width) {
        @Override
        public String toString() {
            return name + " of " + width;
        }
    }

    /**
     * How wide the result is.
     *
     * @throws IllegalArgumentException if these cannot meet so
     */
    int width(List<Vector> vectors);

    /** @param values of each vector [examples, width] */
    Tensor of(List<Vector> vectors, List<Tensor> values);

    /** Writes the same in TorchScript's language and returns its name. */
    String script(List<Vector> vectors, List<String> values, ScriptScope script);

    /** The name of each in a job file. */
    static Map<String, Class<? extends Meeting>> byName() {
        Map<String, Class<? extends Meeting>> names = new LinkedHashMap<>();
        names.put("concat", ConcatMeeting.class);
        names.put("sum", SumMeeting.class);
        names.put("dot", DotMeeting.class);
        return Collections.unmodifiableMap(names);
    }

    /** The width that all have. */
    static int commonWidth(String meeting, List<Vector> vectors) {
        int width = vectors.get(0).width();
        if (vectors.stream().anyMatch(vector -> vector.width() != width)) {
            throw new IllegalArgumentException(
                    "What meets by " + meeting + " must be of one width: vectors=" + vectors);
        }
        return width;
    }
}
