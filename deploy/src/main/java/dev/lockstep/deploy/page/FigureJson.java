package dev.lockstep.deploy.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.driver.history.Points;
import dev.lockstep.driver.history.RunHistory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Figures over steps as the page draws them: what is not finite is null, and bounds are there where they differ. */
final class FigureJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> PARTS =
            List.of("examples", "input", "forward", "loss", "backward", "send", "wait", "apply", "hidden");

    private FigureJson() {}

    /** An object with the points of each figure by its name. */
    static byte[] series(RunHistory run, FigureQuery query) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            for (String name : query.names()) {
                json.writeObjectFieldStart(name);
                write(json, run.points(name, query.from(), query.to(), query.points()));
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Points points) throws IOException {
        json.writeFieldName("step");
        json.writeArray(points.step(), 0, points.count());
        write(json, "mean", points.mean());
        if (!Arrays.equals(points.mean(), points.low()) || !Arrays.equals(points.mean(), points.high())) {
            write(json, "low", points.low());
            write(json, "high", points.high());
        }
    }

    private static void write(JsonGenerator json, String name, double[] values) throws IOException {
        json.writeArrayFieldStart(name);
        for (double value : values) {
            write(json, value);
        }
        json.writeEndArray();
    }

    /** Seven digits are more than a picture has. */
    private static void write(JsonGenerator json, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber((float) value);
        } else {
            json.writeNull();
        }
    }

    /** A list with what each worker's step is like on average in a window: milliseconds by part, and examples. */
    static byte[] workers(RunHistory run, FigureQuery query) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartArray();
            int workers = RunJson.workers(run.names());
            for (int worker = 0; worker < workers; worker++) {
                json.writeStartObject();
                for (String part : PARTS) {
                    Points mean = run.points("workers." + worker + "." + part, query.from(), query.to(), 1);
                    if (mean.count() > 0) {
                        json.writeFieldName(part);
                        write(json, mean.mean()[mean.count() - 1]);
                    }
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return out.toByteArray();
    }
}
