package dev.lockstep.driver.data.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class IdxWriterTest {
    @Test
    void headerSaysTypeAndExtents() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (IdxWriter writer = new IdxWriter(out, 2, 300)) {
            writer.write(new byte[300]);
            writer.write(new byte[300]);
        }
        byte[] file = out.toByteArray();
        byte[] header = java.util.Arrays.copyOf(file, 12);
        assertArrayEquals(new byte[] {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 1, 44}, header);
        assertEquals(12 + 600, file.length);
    }

    @Test
    void refusesMoreValuesThanFit() throws IOException {
        try (IdxWriter writer = new IdxWriter(new ByteArrayOutputStream(), 3)) {
            var refused = assertThrows(IllegalArgumentException.class, () -> writer.write(new byte[4]));
            assertEquals("Values do not fit the extents: values=4, room=3, extents=[3]", refused.getMessage());
            writer.write(new byte[3]);
        }
    }

    @Test
    void refusesToEndTooEarly() throws IOException {
        IdxWriter writer = new IdxWriter(new ByteArrayOutputStream(), 3);
        writer.write(new byte[2]);
        assertEquals(
                "IDX file is incomplete: missing=1, extents=[3]",
                assertThrows(IllegalStateException.class, writer::close).getMessage());
    }

    @Test
    void refusesExtentsBelowOne() {
        var refused =
                assertThrows(IllegalArgumentException.class, () -> new IdxWriter(new ByteArrayOutputStream(), 2, 0));
        assertEquals("Extents must be above 0: extents=[2, 0]", refused.getMessage());
    }
}
