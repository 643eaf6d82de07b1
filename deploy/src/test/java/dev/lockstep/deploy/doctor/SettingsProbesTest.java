package dev.lockstep.deploy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.deploy.doctor.Finding.Verdict;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SettingsProbesTest {
    private final SparkConf conf = new SparkConf(false).set("spark.master", "spark://host:7077");

    @Test
    void usualSettingsHurtNobody() {
        assertEquals("[ok    spark settings   none hurts]", examine(4, 1).toString());
    }

    @Test
    void speculationIsAWarning() {
        conf.set("spark.speculation", "true");

        assertOne(
                Verdict.WARN,
                "spark.speculation=true starts a copy of a slow worker, which takes a slot and helps nobody",
                "--conf spark.speculation=false",
                examine(4, 1));
    }

    @Test
    void executorsThatMayBeLetGoAreAWarningUnlessEnoughStay() {
        conf.set("spark.dynamicAllocation.enabled", "true").set("spark.executor.cores", "2");

        assertOne(
                Verdict.WARN,
                "spark.dynamicAllocation.enabled=true, minExecutors=0 lets executors go, and training data with them,"
                        + " where they have nothing to do for a while",
                "--conf spark.dynamicAllocation.minExecutors=3",
                examine(5, 1));
        conf.set("spark.dynamicAllocation.minExecutors", "3");
        assertEquals(Verdict.OK, examine(5, 1).get(0).verdict());
    }

    @Test
    void executorsThatMayNeverComeAreAFailure() {
        conf.set("spark.dynamicAllocation.enabled", "true")
                .set("spark.dynamicAllocation.maxExecutors", "2")
                .set("spark.executor.cores", "2");

        assertOne(
                Verdict.FAIL,
                "spark.dynamicAllocation.enabled=true, minExecutors=0, maxExecutors=2, spark.executor.cores=2,"
                        + " spark.task.cpus=1 are less than train.workers=5",
                "--conf spark.dynamicAllocation.maxExecutors=3",
                examine(5, 1));
    }

    @Test
    void kryoThatTakesOnlyRegisteredClassesIsAFailureUnlessOursAre() {
        conf.set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .set("spark.kryo.registrationRequired", "true");

        assertOne(
                Verdict.FAIL,
                "spark.kryo.registrationRequired=true, and no class of Lockstep's is registered",
                "--conf spark.kryo.registrationRequired=false",
                examine(4, 1));
        conf.set("spark.kryo.classesToRegister", "dev.lockstep.driver.task.SegmentResult");
        assertEquals(Verdict.OK, examine(4, 1).get(0).verdict());
    }

    @Test
    void moreThreadsThanATaskHasCoresIsAWarning() {
        assertOne(
                Verdict.WARN,
                "train.threads=3 of a worker compute, and spark.task.cpus=1 are kept free for it",
                "--conf spark.task.cpus=3",
                examine(4, 3));
    }

    @Test
    void aStartSpeaksOfAClusterOnly() {
        conf.set("spark.speculation", "true");
        Needs needs = new Needs(SharedMemoryNeed.USUAL, 4, 1, /* cuda */ false, null);

        assertEquals(1, Examination.atStart(needs, conf).size());
        assertEquals(List.of(), Examination.atStart(needs, conf.clone().set("spark.master", "local[8]")));
    }

    private List<Finding> examine(int workers, int threads) {
        return SettingsProbes.examine(
                conf, new Needs(SharedMemoryNeed.USUAL, workers, threads, /* cuda */ false, null));
    }

    private static void assertOne(Verdict verdict, String found, String fix, List<Finding> findings) {
        assertEquals(1, findings.size(), findings::toString);
        assertEquals(verdict, findings.get(0).verdict());
        assertEquals(found, findings.get(0).found());
        assertEquals(fix, findings.get(0).fix());
    }
}
