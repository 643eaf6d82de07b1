package dev.lockstep.driver.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What a run has said beside its figures, as lines of the file. Lines that have not come are missing nodes. Immutable.
 *
 * @param start of the newest attempt
 * @param secondsBefore of the attempts before, as far as their ends were written
 * @param end missing while the run goes on, or where it was cut
 * @param epoch of the newest step
 * @param step the newest
 * @param lastEpoch the newest line of an epoch, tables included
 * @param monitor the newest line of signals
 * @param starts of all attempts
 * @param checkpoints the newest, in order
 * @param events the newest, in order
 * @param skipped steps that were
 * @param lastSkipped which and why, in words; empty where none was
 * @param broken lines that could not be read
 */
public record Facts(
        JsonNode start,
        double secondsBefore,
        JsonNode end,
        int epoch,
        long step,
        JsonNode lastEpoch,
        JsonNode monitor,
        List<JsonNode> starts,
        List<JsonNode> checkpoints,
        List<JsonNode> events,
        long skipped,
        String lastSkipped,
        long broken) {

    public static final Facts NONE = new Builder().built();

    /** Whether the run has come to its first step. */
    public boolean hasBegun() {
        return step > 0 || !start.isMissingNode();
    }

    /** Gathers them while lines come. One thread at a time. */
    static final class Builder {
        private static final int MOST_LINES = 1000;

        private final Deque<JsonNode> starts = new ArrayDeque<>();
        private final Deque<JsonNode> checkpoints = new ArrayDeque<>();
        private final Deque<JsonNode> events = new ArrayDeque<>();
        private double secondsBefore;
        private JsonNode end = MissingNode.getInstance();
        private JsonNode lastEpoch = MissingNode.getInstance();
        private JsonNode monitor = MissingNode.getInstance();
        private int epoch;
        private long step;
        private long skipped;
        private String lastSkipped = "";
        private long broken;

        void started(JsonNode line) {
            secondsBefore += end.path("seconds").asDouble();
            end = MissingNode.getInstance();
            keep(starts, line);
        }

        void step(int ofEpoch, long newest) {
            epoch = ofEpoch;
            step = newest;
        }

        void skipped(long at, String parameter) {
            skipped++;
            lastSkipped = "step " + at + ", the gradient of " + parameter + " was not finite";
        }

        void epoch(JsonNode line) {
            lastEpoch = line;
        }

        void monitor(JsonNode line) {
            monitor = line;
        }

        void checkpoint(JsonNode line) {
            keep(checkpoints, line);
        }

        void event(JsonNode line) {
            keep(events, line);
        }

        void ended(JsonNode line) {
            end = line;
        }

        void broken() {
            broken++;
        }

        private static void keep(Deque<JsonNode> lines, JsonNode line) {
            if (lines.size() == MOST_LINES) {
                lines.remove();
            }
            lines.add(line);
        }

        Facts built() {
            return new Facts(
                    starts.isEmpty() ? MissingNode.getInstance() : starts.getLast(),
                    secondsBefore,
                    end,
                    epoch,
                    step,
                    lastEpoch,
                    monitor,
                    List.copyOf(starts),
                    List.copyOf(checkpoints),
                    List.copyOf(events),
                    skipped,
                    lastSkipped,
                    broken);
        }
    }
}
