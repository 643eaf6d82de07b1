package dev.lockstep.driver.train.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.train.progress.EpochLoss;
import dev.lockstep.optim.schedule.ReduceLrOnPlateau;
import dev.lockstep.optim.update.LossScale;
import dev.lockstep.params.Layout;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.Range;
import dev.lockstep.params.compress.Residual;
import dev.lockstep.params.shard.RangeContents;
import dev.lockstep.worker.safetensors.NamedValues;
import dev.lockstep.worker.safetensors.SafeTensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The two files of a {@link RunState} in a checkpoint.
 *
 * <pre>
 *   state.json          job, step, the layout's ranges, scalars of each range, loss of the epoch so far, rate,
 *                       loss scale, plateau, early stopping, whose share each residual is of
 *   state.safetensors   range.R.params, range.R.slot.S, worker.K.buffers, worker.K.residual, best.values,
 *                       best.buffers
 * </pre>
 */
final class StateFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NUMBERS = "state.json";
    private static final String ARRAYS = "state.safetensors";

    private StateFiles() {}

    static void write(FileSystem files, Path folder, RunState state, Layout layout, JobIdentity job)
            throws IOException {
        ObjectNode numbers = numbers(state, layout);
        numbers.putPOJO("job", job);
        try (OutputStream out = files.create(new Path(folder, NUMBERS))) {
            out.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(numbers));
        }
        try (OutputStream out = files.create(new Path(folder, ARRAYS))) {
            SafeTensors.write(out, arrays(state));
        }
    }

    /** Of what job the checkpoint is. */
    static JobIdentity job(FileSystem files, Path folder) throws IOException {
        JsonNode job = numbers(files, folder).path("job");
        return new JobIdentity(texts(job, "fixed"), texts(job, "data"), texts(job, "free"));
    }

    private static Map<String, String> texts(JsonNode job, String part) throws IOException {
        if (!job.path(part).isObject()) {
            throw new IOException(NUMBERS + " does not say of what job it is: missing=job." + part);
        }
        Map<String, String> texts = new LinkedHashMap<>();
        job.path(part)
                .properties()
                .forEach(text -> texts.put(text.getKey(), text.getValue().asText()));
        return texts;
    }

    private static JsonNode numbers(FileSystem files, Path folder) throws IOException {
        try (InputStream in = files.open(new Path(folder, NUMBERS))) {
            return JSON.readTree(in);
        }
    }

    /**
     * @throws IOException if there is no whole state in the files
     * @throws DataException if it is of another network
     */
    static RunState read(FileSystem files, Path folder, Layout layout) throws IOException {
        JsonNode numbers = numbers(files, folder);
        requireSameLayout(numbers.path("ranges"), layout, folder);
        Map<String, float[]> arrays;
        try (InputStream in = files.open(new Path(folder, ARRAYS))) {
            arrays = SafeTensors.readAll(in, folder + "/" + ARRAYS);
        }

        long step = numbers.path("step").asLong();
        RangeContents[] ranges = new RangeContents[layout.ranges().size()];
        for (int i = 0; i < ranges.length; i++) {
            ranges[i] = range(i, step, numbers.path("ranges").get(i), arrays);
        }
        return new RunState(
                step,
                ranges,
                buffers(arrays),
                residuals(numbers, arrays, layout),
                loss(numbers),
                plateau(numbers),
                patience(numbers, arrays),
                numbers.path("lr").asDouble(Double.NaN),
                lossScale(numbers.get("loss_scale")));
    }

    private static ObjectNode numbers(RunState state, Layout layout) {
        ObjectNode numbers = JSON.createObjectNode().put("step", state.step()).put("lr", state.lr());
        ArrayNode ranges = numbers.putArray("ranges");
        for (Range range : layout.ranges()) {
            RangeContents contents = state.ranges()[range.index()];
            ArrayNode scalars = ranges.addObject()
                    .put("start", range.start())
                    .put("count", range.count())
                    .put("slots", contents.slots().length)
                    .putArray("scalars");
            for (double scalar : contents.scalars()) {
                scalars.add(scalar);
            }
        }
        numbers.putObject("loss")
                .put("sum", state.loss().sum())
                .put("weight", state.loss().weight())
                .put("regularization", state.loss().regularization())
                .put("steps", state.loss().steps())
                .put("skipped", state.loss().skipped());
        if (state.residuals() != null) {
            ArrayNode residuals = numbers.putArray("residuals");
            for (Residual residual : state.residuals()) {
                residuals.addObject().put("weight", residual.weight()).put("workers", residual.workers());
            }
        }
        if (state.lossScale() != null) {
            numbers.putObject("loss_scale")
                    .put("scale", state.lossScale().scale())
                    .put("growth_tracker", state.lossScale().growthTracker());
        }
        if (state.plateau() != null) {
            numbers.putPOJO("plateau", state.plateau());
        }
        if (state.patience() != null) {
            numbers.putObject("patience")
                    .put("best", state.patience().best())
                    .put("waited", state.patience().waited());
        }
        return numbers;
    }

    private static List<NamedValues> arrays(RunState state) {
        List<NamedValues> arrays = new ArrayList<>();
        for (RangeContents range : state.ranges()) {
            add(arrays, "range." + range.range() + ".params", range.params());
            for (int slot = 0; slot < range.slots().length; slot++) {
                add(arrays, "range." + range.range() + ".slot." + slot, range.slots()[slot]);
            }
        }
        for (int worker = 0; state.buffers() != null && worker < state.buffers().length; worker++) {
            add(arrays, "worker." + worker + ".buffers", state.buffers()[worker]);
        }
        for (int worker = 0; state.residuals() != null && worker < state.residuals().length; worker++) {
            if (!state.residuals()[worker].isNone()) {
                add(arrays, "worker." + worker + ".residual", state.residuals()[worker].values());
            }
        }
        if (state.patience() != null && state.patience().values() != null) {
            add(arrays, "best.values", state.patience().values());
            add(arrays, "best.buffers", state.patience().buffers());
        }
        return arrays;
    }

    private static void add(List<NamedValues> arrays, String name, float[] values) {
        if (values.length > 0) {
            arrays.add(new NamedValues(new Parameter(name, List.of(values.length)), FloatBuffer.wrap(values)));
        }
    }

    private static void requireSameLayout(JsonNode ranges, Layout layout, Path folder) {
        boolean same = ranges.size() == layout.ranges().size();
        for (int i = 0; same && i < ranges.size(); i++) {
            Range range = layout.ranges().get(i);
            same = ranges.get(i).path("start").asInt() == range.start()
                    && ranges.get(i).path("count").asInt() == range.count();
        }
        if (!same) {
            throw new DataException("Checkpoint is of another network: values=" + values(ranges) + ", network's values="
                    + (layout.valueCount() + layout.bufferCount()) + ", checkpoint=" + folder);
        }
    }

    private static long values(JsonNode ranges) {
        long values = 0;
        for (JsonNode range : ranges) {
            values += range.path("count").asLong();
        }
        return values;
    }

    private static RangeContents range(int index, long step, JsonNode numbers, Map<String, float[]> arrays)
            throws IOException {
        int count = numbers.path("slots").asInt(-1);
        if (count < 0 || count > arrays.size()) {
            throw new IOException(NUMBERS + " has slots that " + ARRAYS + " lacks: range=" + index + ", slots="
                    + numbers.path("slots").asText() + ", arrays=" + arrays.size());
        }
        float[][] slots = new float[count][];
        for (int slot = 0; slot < slots.length; slot++) {
            slots[slot] = array(arrays, "range." + index + ".slot." + slot);
        }
        double[] scalars = new double[numbers.path("scalars").size()];
        for (int i = 0; i < scalars.length; i++) {
            scalars[i] = numbers.path("scalars").get(i).asDouble();
        }
        return new RangeContents(index, step, array(arrays, "range." + index + ".params"), slots, scalars);
    }

    private static float[] array(Map<String, float[]> arrays, String name) throws IOException {
        float[] array = arrays.get(name);
        if (array == null) {
            throw new IOException(ARRAYS + " lacks an array: missing=" + name);
        }
        return array;
    }

    /** Null where the checkpoint was written at the end of an epoch. */
    private static float[][] buffers(Map<String, float[]> arrays) {
        List<float[]> buffers = new ArrayList<>();
        for (float[] next = arrays.get("worker.0.buffers"); next != null; ) {
            buffers.add(next);
            next = arrays.get("worker." + buffers.size() + ".buffers");
        }
        return buffers.isEmpty() ? null : buffers.toArray(new float[0][]);
    }

    /** Null where nothing was compressed. */
    private static Residual[] residuals(JsonNode numbers, Map<String, float[]> arrays, Layout layout)
            throws IOException {
        JsonNode listed = numbers.get("residuals");
        if (listed == null) {
            return null;
        }
        Residual[] residuals = new Residual[listed.size()];
        for (int worker = 0; worker < residuals.length; worker++) {
            double weight = listed.get(worker).path("weight").asDouble();
            residuals[worker] = weight > 0
                    ? new Residual(
                            weight,
                            listed.get(worker).path("workers").asInt(1),
                            array(arrays, "worker." + worker + ".residual"))
                    : Residual.none(layout.valueCount());
        }
        return residuals;
    }

    private static EpochLoss loss(JsonNode numbers) {
        JsonNode loss = numbers.path("loss");
        return new EpochLoss(
                loss.path("sum").asDouble(),
                loss.path("weight").asDouble(),
                loss.path("regularization").asDouble(),
                loss.path("steps").asLong(),
                loss.path("skipped").asLong());
    }

    private static LossScale lossScale(JsonNode scale) {
        return scale == null
                ? null
                : new LossScale(
                        (float) scale.path("scale").asDouble(),
                        scale.path("growth_tracker").asInt());
    }

    private static ReduceLrOnPlateau.State plateau(JsonNode numbers) throws IOException {
        JsonNode plateau = numbers.get("plateau");
        return plateau == null ? null : JSON.treeToValue(plateau, ReduceLrOnPlateau.State.class);
    }

    private static Patience patience(JsonNode numbers, Map<String, float[]> arrays) {
        JsonNode patience = numbers.get("patience");
        if (patience == null) {
            return null;
        }
        float[] values = arrays.get("best.values");
        float[] buffers = arrays.getOrDefault("best.buffers", new float[0]);
        return new Patience(
                patience.path("best").asDouble(Double.NaN),
                patience.path("waited").asInt(),
                values,
                buffers);
    }
}
