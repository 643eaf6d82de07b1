package dev.lockstep.params.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.ProtocolException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A list of rows arrives as it left, in pieces of any length; what is none of this range is refused. */
class RowListPropertyTest {
    @Property
    void readingUndoesWriting(
            @ForAll @IntRange(min = 1, max = 300) int rows,
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 44, max = 700) int longest,
            @ForAll long seed) {
        Random random = new Random(seed);
        int[] named =
                IntStream.range(0, rows).filter(row -> random.nextBoolean()).toArray();
        RowList sent = new RowList(rows, width);
        sent.begin(named.length);
        for (int row : named) {
            int at = sent.add(row);
            for (int i = 0; i < width; i++) {
                sent.values()[at + i] = random.nextFloat();
            }
        }

        RowList received = new RowList(rows, width);
        for (Frame piece : Pieces.of(push(sent.words(), sent.length()), longest)) {
            assertFalse(received.isComplete());
            assertTrue(received.take(piece));
            assertFalse(received.take(piece), "a repeated piece is dropped");
        }

        assertTrue(received.isComplete());
        assertEquals(named.length, received.count());
        for (int i = 0; i < named.length; i++) {
            assertEquals(named[i], received.row(i));
            for (int k = 0; k < width; k++) {
                assertEquals(sent.values()[sent.at(i) + k], received.values()[received.at(i) + k]);
            }
        }
    }

    @Test
    void listsOfAnotherRangeAreRefused() {
        assertRefused(-1);
        assertRefused(5, 0, 0);
        assertRefused(2, 3, 0, 1, 0);
        assertRefused(2, 1, 0, 1, 0);
        assertRefused(1, 4, 0);
        assertRefused(1, 0, 0, 0);
    }

    /** Four rows of one value each. */
    private static void assertRefused(int... words) {
        float[] values = new float[words.length];
        for (int i = 0; i < words.length; i++) {
            values[i] = Float.intBitsToFloat(words[i]);
        }

        RowList list = new RowList(4, 1);
        List<Frame> pieces = Pieces.of(push(WordBuffer.of(values), values.length), 700);
        String message = assertThrows(ProtocolException.class, () -> list.take(pieces.get(0)))
                .getMessage();
        assertTrue(message.startsWith("List does not fit the range: count=" + words[0]), message);
        assertEquals(0, list.length(), "and nothing of it is kept");
    }

    private static Transfer push(WordBuffer words, int count) {
        return new Transfer(FrameType.PUSH, 0, 0, null).carry(words, count).begin(1, 1.0, 0);
    }
}
