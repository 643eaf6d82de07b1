package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.spark.SparkUserAppException;
import org.junit.jupiter.api.Test;

class EndingTest {
    private final Ending ending = new Ending(new Failures(() -> false), new PrintWriter(new StringWriter()));

    @Test
    void leavesAContainerOfYarnInPeaceOrWithItsCode() {
        assertDoesNotThrow(() -> ending.leave(0));

        SparkUserAppException failed = assertThrows(SparkUserAppException.class, () -> ending.leave(4));
        assertEquals(4, failed.exitCode());
        assertTrue(failed.getMessage().endsWith("exited with 4"), failed.getMessage());
    }
}
