package dev.lockstep.k8s.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.k8s.image.Dockerfile.Instruction;
import dev.lockstep.k8s.image.Dockerfile.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of hadolint that can be broken here, which is a program that no registry of ours has. */
class DockerfileTest {
    static final Path FILE = Path.of("../deploy/Dockerfile");
    private static final Path DISTRIBUTION = Path.of("../deploy/src/main/dist");

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "cuda"})
    void eachBaseIsAnEarlierStageOrPinnedByItsVersion(String variant) throws IOException {
        List<String> names = new ArrayList<>();
        for (Stage stage : read(variant).stages()) {
            assertTrue(
                    names.contains(stage.base()) || stage.base().matches("[a-z/-]+:\\d+\\.\\d+\\.\\d+[\\w.-]*"),
                    stage::base);
            names.add(stage.name());
        }
        assertEquals("base-" + variant, read(variant).image().base());
    }

    @Test
    void runsAsANumberThatIsNotRoot() throws IOException {
        assertEquals("185:185", read("cpu").image().last("USER"));
    }

    @Test
    void startsThroughTheEntryPointInTheFormThatHandsOnSignals() throws IOException {
        Stage image = read("cpu").image();

        assertEquals("[\"/opt/lockstep/kubernetes/entrypoint\"]", image.last("ENTRYPOINT"));
        assertTrue(Files.isExecutable(DISTRIBUTION.resolve("kubernetes/entrypoint")));
        assertTrue(image.last("HEALTHCHECK").endsWith("CMD [\"/opt/lockstep/kubernetes/entrypoint\", \"health\"]"));
        assertTrue(image.last("WORKDIR").startsWith("/"));
    }

    @Test
    void theImageGetsNothingButTheDistribution() throws IOException {
        Stage image = read("cpu").image();

        assertEquals(List.of("--from=distribution /opt/lockstep /opt/lockstep"), image.all("COPY"));
        assertEquals(
                List.of("target/lockstep /opt/lockstep"),
                read("cpu").named("distribution").all("COPY"));
        for (Stage stage : read("cuda").stages()) {
            assertTrue(stage.all("ADD").isEmpty());
            for (String run : stage.all("RUN")) {
                assertFalse(
                        Pattern.compile("apt-get|apk |curl|wget|sudo|pip ")
                                .matcher(run)
                                .find(),
                        run);
            }
        }
    }

    @Test
    void commandsThatFollowEachOtherAreOneLayer() throws IOException {
        for (Stage stage : read("cpu").stages()) {
            Instruction before = new Instruction("", "");
            for (Instruction instruction : stage.instructions()) {
                assertFalse(before.name().equals("RUN") && instruction.name().equals("RUN"), instruction::arguments);
                before = instruction;
            }
        }
    }

    @Test
    void whatTheBuildLeavesBesideTheDistributionStaysOutside() throws IOException {
        assertEquals(
                List.of("*", "!target/lockstep", "target/lockstep/logs", "target/lockstep/work"),
                Files.readAllLines(FILE.resolveSibling(".dockerignore")));
    }

    private static Dockerfile read(String variant) throws IOException {
        return Dockerfile.read(FILE, Map.of("VARIANT", variant));
    }
}
