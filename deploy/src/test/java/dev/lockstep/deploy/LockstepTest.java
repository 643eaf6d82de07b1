package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LockstepTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysWhatItCanDo() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString().contains("doctor"), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void refusesToDoNothing() {
        assertEquals(2, run());
        assertEquals("lockstep: A command is missing. See lockstep --help.\n", err.toString());
    }

    @Test
    void namesTheNearestOption() {
        assertEquals(2, run("doctor", "--mastre", "local"));
        assertTrue(err.toString().startsWith("lockstep: Unknown option"), err.toString());
        assertTrue(err.toString().contains("Nearest: --master"), err.toString());
        assertOneLine();
    }

    @Test
    void namesTheNearestCommand() {
        assertEquals(2, run("docter"));
        assertTrue(err.toString().contains("Nearest: doctor"), err.toString());
        assertOneLine();
    }

    @Test
    void keepsAMasterThatSparkDoesNotKnowToOneLine() {
        assertEquals(2, run("doctor", "--master", "yarn"));
        assertTrue(err.toString().contains("master=yarn"), err.toString());
        assertOneLine();
    }

    @Test
    void addsTheStackTraceWhenAsked() {
        assertEquals(2, run("doctor", "--master", "yarn", "--debug"));
        assertTrue(err.toString().contains("\tat dev.lockstep.deploy"), err.toString());
    }

    private void assertOneLine() {
        assertEquals(1, err.toString().lines().count(), err.toString());
    }

    private int run(String... arguments) {
        return Lockstep.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
