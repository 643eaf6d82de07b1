package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The doctor of a cluster of two hosts, which are network namespaces with addresses and shared memory of their own: a
 * firewall keeps gradients of the first from the second, which has too little shared memory.
 */
@Tag("process")
class DoctorOnHostsSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String FIRST = "executor \\d+ on 10\\.78\\.0\\.1";
    private static final String SECOND = "executor \\d+ on 10\\.78\\.0\\.2";

    /** Everything ends with the first process: no namespace has a name outside. */
    private static final List<String> ALONE =
            List.of("unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-ec");

    private static final String HOSTS =
            """
            mount -t tmpfs tmpfs /run
            ip link set lo up
            ip link add br0 type bridge
            ip addr add 10.78.0.254/24 dev br0
            ip link set br0 up
            for k in 1 2; do
                ip netns add h$k
                ip link add p$k type veth peer name eth0 netns h$k
                ip link set p$k master br0 up
                ip -n h$k addr add 10.78.0.$k/24 dev eth0
                ip -n h$k link set eth0 up
                ip -n h$k link set lo up
            done
            ip netns exec h2 nft -f - <<END
            table ip lockstep {
                chain in {
                    type filter hook input priority 0;
                    ip saddr 10.78.0.1 tcp dport 45000-45009 drop
                    ip saddr 10.78.0.1 udp dport 45000-45009 drop
                }
            }
            END
            """;

    private static final String CLUSTER =
            """
            @master@ >master.log 2>&1 &
            until grep -q 'New state: ALIVE' master.log; do sleep 0.1; done
            for k in 1 2; do
                ip netns exec h$k sh -c "mount -t tmpfs -o size=$((k == 1 ? 1024 : 8))m tmpfs /dev/shm
                    exec @worker@ --host 10.78.0.$k --work-dir work-$k spark://10.78.0.254:7077" >worker-$k.log 2>&1 &
            done
            until [ "$(grep -c 'Registering worker' master.log)" = 2 ]; do sleep 0.1; done
            for try in 1 2 3; do
                exit=0
                said="$(@doctor@)" || exit=$?
                # A machine that is busy is slow for a moment.
                case "$said" in *"a slow network"* | *"a long way"* | *"packets get lost"*) ;; *) break ;; esac
            done
            printf '%s\\n' "$said"
            exit $exit
            """;

    @TempDir
    private static Path folder;

    private static int exit;
    private static DoctorOutput doctor;

    @BeforeAll
    static void examine() throws Exception {
        assumeTrue(isPermitted(HOSTS), "needs root, iproute2 and nftables");
        Installation installation = Installation.built();
        Files.writeString(folder.resolve("job.yaml"), Jobs.RANDOM.replace("workers: 2", "workers: 3"));
        List<String> master = installation.spark("org.apache.spark.deploy.master.Master");
        Collections.addAll(master, "--host", "10.78.0.254", "--port", "7077", "--webui-port", "0");
        List<String> worker = installation.spark("org.apache.spark.deploy.worker.Worker");
        Collections.addAll(worker, "--port", "0", "--webui-port", "0", "--cores", "1", "--memory", "2g");
        List<String> command =
                installation.lockstep("doctor", "job.yaml", "--master", "spark://10.78.0.254:7077", "--json");
        String script = HOSTS
                + "export LOCKSTEP_JAVA_OPTS=\"$LOCKSTEP_JAVA_OPTS -Dspark.driver.host=10.78.0.254"
                + " -Dspark.lockstep.port.first=45000 -Dspark.lockstep.port.last=45009\"\n"
                + CLUSTER.replace("@master@", words(master))
                        .replace("@worker@", words(worker))
                        .replace("@doctor@", words(command));
        try (JvmProcess process = JvmProcess.start("hosts", folder, installation.environment(), alone(script))) {
            exit = process.exitCode(PATIENCE);
            doctor = DoctorOutput.of(process.output());
        }
    }

    private static String words(List<String> command) {
        return command.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }

    private static List<String> alone(String script) {
        List<String> command = new ArrayList<>(ALONE);
        command.add(script);
        return command;
    }

    private static boolean isPermitted(String script) throws InterruptedException {
        try {
            return new ProcessBuilder(alone(script)).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void findsThePortThatIsBlockedBetweenTwoExecutorsAndInWhichDirection() {
        doctor.assertFound(FIRST, "path", "fail", "to executor ");
        String found = doctor.findings(FIRST, "path").get(0).path("found").asText();

        assertTrue(
                found.matches(
                        "from executor \\d+ at 10\\.78\\.0\\.1 to executor \\d+ at 10\\.78\\.0\\.2:4500\\d: tcp .*; udp .*"),
                found);
        assertEquals(List.of(), doctor.findings(SECOND, "path"), "the way back is open");
        doctor.assertFound(SECOND, "paths", "ok", "to 2 at other addresses");
        assertEquals(5, exit);
    }

    @Test
    void findsWhichHostHasTooLittleSharedMemory() {
        doctor.assertFound(FIRST, "shared memory", "ok", "1024 MiB free");
        doctor.assertFound(SECOND, "shared memory", "fail", "8 MiB free");
    }

    @Test
    void looksAtAllExecutorsTogether() {
        doctor.assertFound("cluster", "slots", "fail", "slots=2, executors=2, spark.task.cpus=1 are less than");
        doctor.assertFound("cluster", "executors", "ok", "2, of one build");
        doctor.assertFound("cluster", "clock", "ok", "ms apart");
        List<JsonNode> paths = doctor.findings("cluster", "paths");
        assertTrue(paths.get(0).path("found").asText().startsWith("to 2 at other addresses: tcp "), paths::toString);
    }
}
