package dev.lockstep.driver.data.clicks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ClicksTest {
    private static final List<String[]> ROWS = LongStream.range(0, 20_000)
            .mapToObj(new Clicks(7)::row)
            .map(row -> row.split(",", -1))
            .toList();

    private static double share(Predicate<String[]> among, Predicate<String[]> which) {
        List<String[]> rows = ROWS.stream().filter(among).toList();
        return rows.stream().filter(which).count() / (double) rows.size();
    }

    private static boolean clicked(String[] row) {
        return row[5].equals("1");
    }

    @Test
    void aRowIsAFunctionOfItsNumber() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Clicks(7).write(out, 3);
        assertEquals(
                "hour,age,city,device,item,clicked\n" + new Clicks(7).row(0) + "\n" + new Clicks(7).row(1) + "\n"
                        + new Clicks(7).row(2) + "\n",
                out.toString(StandardCharsets.UTF_8));
        assertNotEquals(new Clicks(8).row(0), new Clicks(7).row(0));
    }

    @Test
    void columnsAreWhatTheirNamesSay() {
        for (String[] row : ROWS) {
            assertEquals(6, row.length);
            assertTrue(Integer.parseInt(row[0]) < 24 && Integer.parseInt(row[1]) >= 18, () -> String.join(",", row));
        }
        assertEquals(30, ROWS.stream().map(row -> row[2]).distinct().count());
        assertEquals(5, ROWS.stream().map(row -> row[3]).distinct().count());
        assertEquals(100, ROWS.stream().map(row -> row[4]).distinct().count());
        assertEquals(0.02, share(row -> true, row -> row[3].isEmpty()), 0.005);
        assertEquals(0.3, share(row -> true, ClicksTest::clicked), 0.05);
    }

    @Test
    void televisionsAreForTheEvening() {
        Predicate<String[]> evening = row -> Integer.parseInt(row[0]) >= 18;
        Predicate<String[]> television = row -> row[3].equals("television");
        double late = share(evening.and(television), ClicksTest::clicked);
        double early = share(evening.negate().and(television), ClicksTest::clicked);
        assertTrue(late > early + 0.15, late + " and " + early);
    }
}
