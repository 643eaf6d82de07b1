package dev.lockstep.params.plane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.params.Layout;
import dev.lockstep.params.Parameter;
import dev.lockstep.params.link.SharedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another user of the machine tries to get at what workers share. Needs root, which may run a program as anybody. */
@Tag("process")
class AnotherUserTest {
    private static final Layout LAYOUT = Layout.of(List.of(new Parameter("w", List.of(30, 7))), List.of(), 1);
    private static final int JOB = 5;

    @TempDir
    Path parent;

    @Test
    void canNeitherReadAGradientNorChangeAParameter() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")) && "root".equals(System.getProperty("user.name")));
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path open = Files.writeString(parent.resolve("open"), "for all");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        SharedFolder process =
                new SharedFolder(Files.createDirectory(parent.resolve("lockstep-1-1-a")), /* reserved */ 0);
        HostPlane plane = MappedPlane.open(process, JOB, LAYOUT);
        UUID gradient = UUID.randomUUID();
        plane.create(gradient).floats().put(0, 3f);
        Path folder = process.ofJob(JOB);
        Path values = folder.resolve("values");

        assertEquals(0, asNobody("cat " + open));
        assertNotEquals(0, asNobody("cat " + folder.resolve("gradient-" + gradient)));
        assertNotEquals(0, asNobody("ls " + folder));
        assertNotEquals(0, asNobody("echo 1 >> " + values));
        assertNotEquals(0, asNobody("mv " + folder + " " + parent.resolve("mine")));
        plane.close();
    }

    private static int asNobody(String command) throws IOException, InterruptedException {
        return new ProcessBuilder("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
