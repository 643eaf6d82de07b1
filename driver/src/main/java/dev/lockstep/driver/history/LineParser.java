package dev.lockstep.driver.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;

/**
 * Puts the numbers of a line where they belong. Lines of steps, which may be a million, are read as they stream by; the
 * others are few.
 */
final class LineParser {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonFactory STREAMS = JSON.getFactory();

    private final Figures figures;
    private final Facts.Builder facts;

    LineParser(Figures figures, Facts.Builder facts) {
        this.figures = figures;
        this.facts = facts;
    }

    /** @throws IOException if it is no line that a run writes */
    void parse(byte[] bytes, int offset, int length) throws IOException {
        if (!parseStep(bytes, offset, length)) {
            parseOther(JSON.readTree(bytes, offset, length));
        }
    }

    /** False for a line of another kind. */
    private boolean parseStep(byte[] bytes, int offset, int length) throws IOException {
        try (JsonParser in = STREAMS.createParser(bytes, offset, length)) {
            boolean isStep = in.nextToken() == JsonToken.START_OBJECT
                    && "kind".equals(in.nextFieldName())
                    && "step".equals(in.nextTextValue());
            if (isStep) {
                parseStep(in);
            }
            return isStep;
        }
    }

    /** Epoch and step stand before all other figures. */
    private void parseStep(JsonParser in) throws IOException {
        int epoch = 0;
        long step = 0;
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            JsonToken value = in.nextToken();
            switch (name) {
                case "epoch" -> epoch = in.getIntValue();
                case "step" -> step = in.getLongValue();
                case "skipped" -> facts.skipped(step, in.getText());
                default -> add(in, value, figures.root().below(name), step);
            }
        }
        facts.step(epoch, step);
    }

    private static void add(JsonParser in, JsonToken value, Figures.Key key, long step) throws IOException {
        if (value == null) {
            throw new IOException("the line ends within a value");
        }
        switch (value) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> key.add(step, in.getDoubleValue());
            case VALUE_STRING -> addText(in.getText(), key, step);
            case START_OBJECT -> {
                for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                    add(in, in.nextToken(), key.below(name), step);
                }
            }
            case START_ARRAY -> {
                int index = 0;
                for (JsonToken item = in.nextToken(); item != JsonToken.END_ARRAY; item = in.nextToken()) {
                    add(in, item, key.below(index++), step);
                }
            }
            default -> {
                // Neither true nor null is a figure.
            }
        }
    }

    /** A figure that is not finite is a text. */
    private static void addText(String text, Figures.Key key, long step) {
        switch (text) {
            case "NaN", "Infinity", "-Infinity" -> key.add(step, Double.parseDouble(text));
            default -> {
                // A word and no figure.
            }
        }
    }

    private void parseOther(JsonNode line) throws IOException {
        long step = line.path("step").asLong();
        switch (line.path("kind").asText()) {
            case "start" -> facts.started(line);
            case "epoch" -> {
                add(line.path("train"), figures.root().below("train"), step);
                add(line.path("validation"), figures.root().below("validation"), step);
                add(line.path("seconds"), figures.root().below("epoch_seconds"), step);
                facts.epoch(line);
            }
            case "monitor" -> {
                facts.monitor(line);
                int index = 0;
                for (JsonNode layer : line.path("layers")) {
                    add(layer, figures.root().below("layers").below(index++), step);
                }
            }
            case "checkpoint" -> facts.checkpoint(line);
            case "event" -> facts.event(line);
            case "end" -> facts.ended(line);
            default -> throw new IOException("a line must have a kind: kind=" + line.path("kind"));
        }
    }

    /** Without tables, which are no figures over steps. */
    private static void add(JsonNode value, Figures.Key key, long step) {
        if (value.isNumber()) {
            key.add(step, value.asDouble());
        } else if (value.isTextual()) {
            addText(value.asText(), key, step);
        } else if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                add(field.getValue(), key.below(field.getKey()), step);
            }
        }
    }
}
