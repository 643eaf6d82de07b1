package dev.lockstep.deploy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.deploy.doctor.Finding.Verdict;
import dev.lockstep.deploy.doctor.SlotProbes.HostLoad;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotProbesTest {
    @ParameterizedTest
    @CsvSource({
        "local, 1, FAIL",
        "local[3], 1, FAIL",
        "local[4], 1, OK",
        "local[4], 2, FAIL",
        "'local[4, 3]', 1, OK",
        "local[*], 1, OK",
        ", 1, OK",
    })
    void aLocalMasterHasAsManySlotsAsItSays(String master, int taskCpus, Verdict verdict) {
        Finding finding = SlotProbes.inProcess(master, taskCpus, /* cores */ 8, needs(4, 1));

        assertEquals(verdict, finding.verdict(), finding::toString);
    }

    @Test
    void tooFewSlotsAreAFailureThatSaysHowManyWorkersFit() {
        assertEquals(
                "fail  slots            slots=3, executors=3 are less than train.workers=4, which must run at once. Give"
                        + " Spark more executors or cores, or --set train.workers=3",
                SlotProbes.enough(3, "executors=3", needs(4, 1)).toString());
    }

    @Test
    void withoutAJobSlotsAreOnlyCounted() {
        assertEquals(
                "ok    slots            slots=3, executors=3",
                SlotProbes.enough(3, "executors=3", Needs.USUAL).toString());
    }

    @Test
    void workersThatShareCoresAreAWarningThatNamesTheHost() {
        Map<String, HostLoad> hosts = Map.of("10.0.0.1", new HostLoad(2, 4), "10.0.0.2", new HostLoad(3, 4));

        assertEquals(Verdict.OK, SlotProbes.onCores(hosts, needs(4, 1)).verdict());
        Finding finding = SlotProbes.onCores(hosts, needs(4, 2));
        assertEquals(Verdict.WARN, finding.verdict());
        assertEquals("10.0.0.2: workers=3, train.threads=2, cores=4", finding.found());
    }

    /** Executors of one host share its cores. */
    @Test
    void theExecutorsOfAHostAreAddedUp() {
        assertEquals(new HostLoad(5, 4), new HostLoad(2, 4).and(new HostLoad(3, 4)));
    }

    @Test
    void moreWorkersThanThisMachineHasCoresIsAWarning() {
        Finding finding = SlotProbes.inProcess(null, 1, /* cores */ 2, needs(4, 1));

        assertEquals(Verdict.WARN, finding.verdict());
        assertTrue(finding.found().startsWith("this machine: workers=4,"), finding::toString);
    }

    private static Needs needs(int workers, int threads) {
        return new Needs(SharedMemoryNeed.USUAL, workers, threads, /* cuda */ false, null);
    }
}
