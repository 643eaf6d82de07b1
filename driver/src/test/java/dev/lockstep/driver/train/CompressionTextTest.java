package dev.lockstep.driver.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.params.compress.Fp16;
import dev.lockstep.params.compress.NoCompression;
import dev.lockstep.params.compress.TopK;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompressionTextTest {
    @Test
    void namesTheKindAndItsSettings() {
        assertEquals(Optional.of("top_k, ratio 0.01"), CompressionText.of(new TopK(0.01)));
        assertEquals(Optional.of("fp16"), CompressionText.of(new Fp16()));
        assertEquals(Optional.empty(), CompressionText.of(new NoCompression()));
    }
}
