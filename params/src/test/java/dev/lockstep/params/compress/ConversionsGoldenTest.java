package dev.lockstep.params.compress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Against PyTorch's conversions, bit for bit; of NaN only that it is one. */
class ConversionsGoldenTest {
    private static final String FILE = "compression.json";

    @Test
    void bothConversionsAreThoseOfPyTorch() throws IOException {
        int compared = 0;
        for (JsonNode each : cases()) {
            boolean half = each.get("conversion").asText().equals("fp16");
            JsonNode values = each.get("float32").get("data");
            for (int i = 0; i < values.size(); i++) {
                float value = Float.intBitsToFloat(values.get(i).asInt());
                int narrow = each.get("narrow").get("data").get(i).asInt();
                float back =
                        Float.intBitsToFloat(each.get("back").get("data").get(i).asInt());
                int actual = half ? HalfFloat.bits(value) : BrainFloat.bits(value);
                float actualBack = half ? HalfFloat.value(actual) : BrainFloat.value(actual);
                if (Float.isNaN(value)) {
                    assertTrue(Float.isNaN(actualBack));
                } else {
                    assertEquals(narrow, actual, each.get("id") + ", value=" + value);
                    assertEquals(Float.floatToRawIntBits(back), Float.floatToRawIntBits(actualBack));
                }
                compared++;
            }
        }

        assertTrue(compared > 500, "compared=" + compared);
    }

    private static JsonNode cases() throws IOException {
        String folder = System.getProperty("golden.dir");
        try (InputStream in = folder != null
                ? Files.newInputStream(Path.of(folder, FILE))
                : ConversionsGoldenTest.class.getResourceAsStream("/golden/" + FILE)) {
            return new ObjectMapper().readTree(in).get("cases");
        }
    }

    @Test
    void everyNarrowNumberIsConvertedToItself() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            if (!Float.isNaN(HalfFloat.value(bits))) {
                assertEquals(bits, HalfFloat.bits(HalfFloat.value(bits)));
            }
            if (!Float.isNaN(BrainFloat.value(bits))) {
                assertEquals(bits, BrainFloat.bits(BrainFloat.value(bits)));
            }
        }
    }

    /** Between two neighbours the nearer is taken, of equally near ones the even. */
    @Test
    void theNearestIsTaken() {
        assertNearest(0x7BFF, HalfFloat::value, /* half */ true);
        assertNearest(0x7F7F, BrainFloat::value, /* half */ false);
    }

    private static void assertNearest(int largest, IntToDoubleFunction value, boolean half) {
        for (int bits = 0; bits < largest; bits++) {
            double low = value.applyAsDouble(bits);
            double high = value.applyAsDouble(bits + 1);
            float middle = (float) ((low + high) / 2);
            float below = Math.nextDown(middle);
            float above = Math.nextUp(middle);
            int even = (bits & 1) == 0 ? bits : bits + 1;
            assertEquals(even, half ? HalfFloat.bits(middle) : BrainFloat.bits(middle));
            assertEquals(bits, half ? HalfFloat.bits(below) : BrainFloat.bits(below));
            assertEquals(bits + 1, half ? HalfFloat.bits(above) : BrainFloat.bits(above));
        }
    }
}
