package dev.lockstep.worker.layer;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * What stands before the layers of a network whose examples are numbers and, behind them, a whole number for each
 * column of categories: vectors for the categories, and inputs that meet.
 *
 * <p>Parameters are named {@code embeddings.city.weight}, {@code inputs.deep.0.weight} and
 * {@code inputs.wide.embeddings.city.weight}, and stand before those of the layers.
 *
 * @param shape of an example's numbers; {@code [0]} where there are none
 * @param tables one for each column of categories
 */
public record Inputs(List<Integer> shape, List<CategoryTable> tables, List<Input> inputs, Meeting meeting)
        implements Serializable {
    /** Whole numbers of 64 bits, as TorchScript calls them. */
    private static final int SCRIPT_LONG = 4;

    public Inputs {
        shape = List.copyOf(shape);
        tables = List.copyOf(tables);
        inputs = List.copyOf(inputs);
    }

    /** All numbers and all vectors side by side. */
    public static Inputs sideBySide(List<Integer> shape, List<CategoryTable> tables) {
        Input all = new Input("", places(size(shape)), places(tables.size()), /* width */ 0, List.of());
        return new Inputs(shape, tables, List.of(all), new ConcatMeeting());
    }

    /** From 0. */
    private static List<Integer> places(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static int size(List<Integer> shape) {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    /** Extents of one example. */
    public List<Integer> example() {
        return List.of(Math.addExact(size(shape), tables.size()));
    }

    /** As {@link Layer#unit}, for examples of {@link #example}. */
    public Unit unit(Scope scope) {
        List<Met> met = met(scope);
        int numbers = size(shape);
        long[] rows = tables.stream().mapToLong(CategoryTable::rows).toArray();
        Function<Tensor, Columns> cut =
                x -> new Columns(x.narrow(1, 0, numbers), Indices.ofTables(rows, x.narrow(1, numbers, rows.length)));
        if (isAlone(met)) {
            Party only = met.get(0).party();
            return new Unit(only.shape(), (x, pass) -> only.of(cut.apply(x), pass));
        }
        List<Meeting.Vector> vectors = vectors(met);
        return new Unit(List.of(meeting.width(vectors)), (x, pass) -> {
            Columns columns = cut.apply(x);
            return meeting.of(
                    vectors,
                    met.stream().map(each -> each.party().of(columns, pass)).toList());
        });
    }

    /** As {@link Layer#torchScript}. */
    String torchScript(String x, ScriptScope script) {
        List<Met> met = met(Scope.root());
        int numbers = size(shape);
        String categories =
                script.call("to", ScriptScope.function("narrow", x, 1, numbers, tables.size()), SCRIPT_LONG);
        Columns.Script columns = new Columns.Script(script.call("narrow", x, 1, 0, numbers), categories);
        List<String> values =
                met.stream().map(each -> each.party().script(columns, script)).toList();
        return isAlone(met) ? values.get(0) : meeting.script(vectors(met), values, script);
    }

    /** A party and the input that it comes from. */
    private record Met(Input input, Party party) {
        Meeting.Vector vector() {
            if (party.shape().size() != 1) {
                throw new IllegalArgumentException("An input must end with a vector, which flatten makes: input="
                        + input.name() + ", result=" + party.shape());
            }
            return new Meeting.Vector(input.name(), party.name(), party.shape().get(0));
        }
    }

    private List<Met> met(Scope scope) {
        int[] keys = new int[tables.size()];
        for (int place = 0; place < keys.length; place++) {
            int column = place;
            boolean shared = inputs.stream()
                    .anyMatch(input -> input.shares() && input.categories().contains(column));
            keys[place] = shared ? tables.get(place).declare(Input.shared(scope)) : Scope.NONE;
        }
        List<Met> met = new ArrayList<>();
        for (Input input : inputs) {
            input.parties(shape, tables, keys, scope).forEach(party -> met.add(new Met(input, party)));
        }
        return met;
    }

    /** What does not have to meet may have any shape. */
    private boolean isAlone(List<Met> met) {
        return met.size() == 1 && meeting instanceof ConcatMeeting;
    }

    private static List<Meeting.Vector> vectors(List<Met> met) {
        return met.stream().map(Met::vector).toList();
    }
}
