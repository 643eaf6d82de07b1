package dev.lockstep.params.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OverlapTest {
    private long nowNs = 1_000;
    private final Overlap overlap = new Overlap(() -> nowNs);

    @Test
    void onlyWhatIsComputedWithValuesUnderWayCounts() {
        overlap.clear();
        nowNs += 7;
        overlap.pauses();
        assertEquals(0, overlap.hiddenNs(), "before the first push nothing is under way");
        nowNs += 20;
        overlap.computes();
        nowNs += 5;
        overlap.pauses();
        nowNs += 100;
        overlap.computes();
        nowNs += 3;
        overlap.pauses();
        nowNs += 1_000;
        overlap.pauses();
        assertEquals(8, overlap.hiddenNs());
    }

    @Test
    void aStepBeginsWithNothingHidden() {
        overlap.computes();
        nowNs += 5;
        overlap.clear();
        nowNs += 50;
        overlap.pauses();
        assertEquals(0, overlap.hiddenNs());
    }
}
