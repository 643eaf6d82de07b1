package dev.lockstep.driver.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.worker.layerstats.Fp16Fit;
import dev.lockstep.worker.layerstats.Fp16Shares;
import dev.lockstep.worker.layerstats.LayerFigures;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerStatsCodecTest {
    @Test
    void figuresArriveAsTheyWereSent() {
        Fp16Shares forwards = new Fp16Shares(0.5, 0.25, 0.125);
        Fp16Shares backwards = new Fp16Shares(0.0625, 0, 1);
        List<LayerFigures> figures = List.of(
                new LayerFigures(2, 0.25, 0.5, true, 4, new Fp16Fit(forwards, backwards)),
                new LayerFigures(3, Double.NaN, 0, false, Double.NaN, new Fp16Fit(backwards, Fp16Shares.NONE)));
        assertEquals(figures, LayerStatsCodec.unpacked(LayerStatsCodec.packed(figures)));
    }
}
