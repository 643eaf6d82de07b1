package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code lockstep doctor --json} has printed. */
record DoctorOutput(JsonNode root) {
    /** @param output whose last line is the doctor's */
    static DoctorOutput of(String output) throws JsonProcessingException {
        List<String> lines = output.lines().collect(Collectors.toList());
        assertTrue(!lines.isEmpty(), "nothing was printed");
        return new DoctorOutput(new ObjectMapper().readTree(lines.get(lines.size() - 1)));
    }

    String verdict() {
        return root.path("verdict").asText();
    }

    /** @param place the start of a place's name, up to what no run has twice */
    List<JsonNode> findings(String place, String subject) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode each : root.path("places")) {
            if (each.path("place").asText().matches(place)) {
                each.path("findings").forEach(finding -> {
                    if (finding.path("subject").asText().equals(subject)) {
                        found.add(finding);
                    }
                });
            }
        }
        return found;
    }

    /** There is one finding of a subject at a place, and it says so. */
    void assertFound(String place, String subject, String verdict, String found) {
        List<JsonNode> all = findings(place, subject);
        assertEquals(1, all.size(), () -> place + ", " + subject + ": " + root);
        assertEquals(verdict, all.get(0).path("verdict").asText(), () -> all.toString());
        assertTrue(all.get(0).path("found").asText().contains(found), () -> found + " in " + all);
        boolean isSaid = !all.get(0).path("fix").asText().isEmpty();
        assertEquals(!verdict.equals("ok"), isSaid, () -> "the line that mends it: " + all);
    }
}
