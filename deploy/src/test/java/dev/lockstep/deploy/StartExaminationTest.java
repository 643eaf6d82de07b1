package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.deploy.doctor.Examination;
import dev.lockstep.deploy.doctor.Needs;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class StartExaminationTest {
    @Test
    void allThatHurtsIsSaidInOneLineWithWhatMendsIt() {
        SparkConf conf = new SparkConf(false)
                .set("spark.master", "spark://host:7077")
                .set("spark.speculation", "true")
                .set("spark.dynamicAllocation.enabled", "true");

        assertEquals(
                "lockstep: spark.speculation=true starts a copy of a slow worker, which takes a slot and helps nobody."
                        + " --conf spark.speculation=false; spark.dynamicAllocation.enabled=true, minExecutors=0 lets"
                        + " executors go, and training data with them, where they have nothing to do for a while."
                        + " --conf spark.dynamicAllocation.minExecutors=1. The command doctor says more.",
                StartExamination.line(Examination.atStart(Needs.USUAL, conf)));
    }
}
