package dev.lockstep.deploy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.deploy.doctor.Finding.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DiagnosesTest {
    @Test
    void theWorstOfAllPlacesCounts() {
        Diagnoses diagnoses = new Diagnoses();
        assertEquals(Verdict.OK, diagnoses.verdict());
        diagnoses.add("here", List.of(Finding.warn("mtu", "eth0 1400", "Raise it"), Finding.ok("java", "17")));
        assertEquals(Verdict.WARN, diagnoses.verdict());
        diagnoses.add("there", List.of(Finding.fail("heap", "1 MiB", "Give more")));
        diagnoses.add("elsewhere", List.of(Finding.ok("java", "17")));

        assertEquals(Verdict.FAIL, diagnoses.verdict());
        assertEquals("1 fail, 1 warn, 2 ok", diagnoses.summary());
    }

    @Test
    void jsonHasEveryPartOfAFinding() {
        Diagnoses diagnoses = new Diagnoses();
        diagnoses.add("here", List.of(Finding.warn("mtu", "eth0 \"1400\"", "Raise it"), Finding.ok("java", "17")));

        assertEquals(
                "{\"verdict\":\"warn\",\"places\":[{\"place\":\"here\",\"findings\":["
                        + "{\"verdict\":\"warn\",\"subject\":\"mtu\",\"found\":\"eth0 \\\"1400\\\"\",\"fix\":\"Raise it\"},"
                        + "{\"verdict\":\"ok\",\"subject\":\"java\",\"found\":\"17\",\"fix\":\"\"}]}]}",
                diagnoses.json());
    }

    @Test
    void executorsOfDifferentKindsAreNamed() {
        List<Finding> findings = Differences.examine(new TreeMap<>(Map.of(
                "executor 1", Map.of("java", "17.0.9", "lockstep", "1", "processor", "AVX2"),
                "executor 2", Map.of("java", "17.0.9", "lockstep", "2", "processor", "AVX512"),
                "executor 3", Map.of("java", "17.0.9", "lockstep", "1"))));

        assertEquals(2, findings.size(), findings::toString);
        assertEquals(Verdict.FAIL, findings.get(0).verdict());
        assertEquals(
                "different builds of Lockstep: {1=[executor 1, executor 3], 2=[executor 2]}",
                findings.get(0).found());
        assertEquals(Verdict.WARN, findings.get(1).verdict());
        assertEquals(
                "processors with different instructions: {AVX2=[executor 1], AVX512=[executor 2]}; where a worker runs"
                        + " changes how its sums round",
                findings.get(1).found());
    }

    @Test
    void executorsOfOneKindAreCounted() {
        Map<String, String> kind = Map.of("java", "17.0.9", "lockstep", "1", "processor", "AVX2");

        assertEquals(
                "[ok    executors        2, of one build, Java and kind of processor]",
                Differences.examine(Map.of("executor 1", kind, "executor 2", kind))
                        .toString());
    }
}
