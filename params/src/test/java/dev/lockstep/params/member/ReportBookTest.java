package dev.lockstep.params.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.params.ProtocolException;
import dev.lockstep.params.WorkerReport;
import dev.lockstep.params.WorkerTimes;
import dev.lockstep.params.wire.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportBookTest {
    private static final int MANY = 1000;

    private final List<StepReport> heard = new ArrayList<>();
    private final ReportBook book = new ReportBook(/* workers */ 2, /* before */ 4, heard::add);

    @Test
    void aReportIsThereWhenItsLastPieceIs() {
        List<Report> pieces = Report.pieces(0, report(5, MANY));
        assertEquals(4, pieces.size());
        assertTrue(book.add(only(1, report(5, 0))));
        for (Report piece : pieces) {
            assertEquals(List.of(), heard);
            assertTrue(book.add(piece));
        }
        assertEquals(List.of(report(5, MANY), report(5, 0)), heard.get(0).workers());
        assertEquals(5, book.last(0));
    }

    @Test
    void aPieceThatRepeatsOrLeavesAGapIsNotTaken() {
        List<Report> pieces = Report.pieces(0, report(5, MANY));
        assertTrue(book.add(only(1, report(5, 0))));
        assertFalse(book.add(pieces.get(1)), "the first is missing");
        assertTrue(book.add(pieces.get(0)));
        assertFalse(book.add(pieces.get(0)), "it was there");
        assertFalse(book.add(pieces.get(2)), "the second is missing");

        // As the sender repeats them.
        List<Boolean> taken = pieces.stream().map(book::add).toList();
        assertEquals(List.of(false, true, true, true), taken);
        assertEquals(report(5, MANY), heard.get(0).workers().get(0));
        assertEquals(
                List.of(false, false, false, false),
                pieces.stream().map(book::add).toList());
        assertEquals(1, heard.size());
    }

    @Test
    void aStepForWhichThereIsNoRoomIsTakenWhenItComesAgain() {
        boolean[] room = {false};
        StepListener full = new StepListener() {
            @Override
            public void onStep(StepReport report) {
                heard.add(report);
            }

            @Override
            public boolean hasRoom() {
                return room[0];
            }
        };
        ReportBook waiter = new ReportBook(/* workers */ 1, /* before */ 4, full);
        assertFalse(waiter.add(only(0, report(5, 0))));
        assertEquals(4, waiter.reported());
        room[0] = true;
        assertTrue(waiter.add(only(0, report(5, 0))));
        assertEquals(5, heard.get(0).step());
    }

    @Test
    void thePiecesOfTheNextStepBeginAnew() {
        Report.pieces(0, report(5, MANY)).forEach(book::add);
        Report.pieces(0, report(6, 300)).forEach(book::add);
        assertTrue(book.add(only(1, report(5, 0))));
        assertTrue(book.add(only(1, report(6, 0))));
        assertEquals(report(6, 300), heard.get(1).workers().get(0));
    }

    @Test
    void aPieceOutsideOfItsReportIsRefused() {
        assertThrows(ProtocolException.class, () -> new Report(0, 2, 1, report(5, 2)));
        assertThrows(ProtocolException.class, () -> new Report(0, 2, -1, report(5, 2)));
        assertThrows(ProtocolException.class, () -> new Report(0, 2, 0, report(5, 0)), "it would never be whole");
    }

    private static Report only(int worker, WorkerReport report) {
        List<Report> pieces = Report.pieces(worker, report);
        assertEquals(1, pieces.size());
        return pieces.get(0);
    }

    private static WorkerReport report(long step, int layerStats) {
        List<Float> numbers =
                IntStream.range(0, layerStats).mapToObj(i -> i / 7f).toList();
        return new WorkerReport(step, 1, 2, 3, WorkerTimes.NONE).layerStats(numbers);
    }
}
