package dev.lockstep.deploy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;
import java.io.PrintWriter;

/** Which module may name what: the table of docs/ARCHITECTURE.md as a test over compiled classes. */
@AnalyzeClasses(packages = "dev.lockstep", importOptions = ShippedClasses.class)
class ArchitectureTest {
    private static final String LOSSES = "dev.lockstep.losses..";
    private static final String OPTIM = "dev.lockstep.optim..";
    private static final String PARAMS = "dev.lockstep.params..";
    private static final String WORKER = "dev.lockstep.worker..";
    private static final String DRIVER = "dev.lockstep.driver..";
    private static final String ML = "dev.lockstep.ml..";
    private static final String DL4J = "dev.lockstep.dl4j..";
    private static final String DEPLOY = "dev.lockstep.deploy..";
    private static final String BENCH = "dev.lockstep.bench..";

    @ArchTest
    static final ArchRule LOSSES_NEED_THE_JDK_ALONE = classes()
            .that()
            .resideInAPackage(LOSSES)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", LOSSES);

    @ArchTest
    static final ArchRule OPTIMIZERS_NEED_THE_JDK_ALONE = classes()
            .that()
            .resideInAPackage(OPTIM)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", OPTIM);

    @ArchTest
    static final ArchRule PARAMS_KNOWS_OPTIM_AND_AERON = noClasses()
            .that()
            .resideInAPackage(PARAMS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(LOSSES, WORKER, DRIVER, ML, DL4J, DEPLOY, BENCH);

    @ArchTest
    static final ArchRule WORKER_KNOWS_LOSSES_AND_PARAMS = noClasses()
            .that()
            .resideInAPackage(WORKER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DRIVER, ML, DL4J, DEPLOY, BENCH);

    @ArchTest
    static final ArchRule DRIVER_KNOWS_NO_COMMAND_LINE = noClasses()
            .that()
            .resideInAPackage(DRIVER)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ML, DL4J, DEPLOY, BENCH);

    @ArchTest
    static final ArchRule SPARK_IS_NAMED_BY_DRIVER_DL4J_AND_DEPLOY = onlyIn(
            "Spark", new String[] {DRIVER, ML, DL4J, DEPLOY, BENCH}, "org.apache.spark..", "org.apache.hadoop..");

    @ArchTest
    static final ArchRule AERON_IS_NAMED_BY_PARAMS =
            onlyIn("Aeron", new String[] {PARAMS, BENCH}, "io.aeron..", "org.agrona..");

    @ArchTest
    static final ArchRule LIBTORCH_IS_NAMED_BY_WORKER =
            onlyIn("libtorch", new String[] {WORKER, BENCH}, "org.bytedeco..");

    /**
     * Pairs are of the Java API itself; {@code Slots} reads a list that Spark has for Scala alone, and a class that
     * extends spark.ml's must give a method of it back.
     */
    @ArchTest
    static final ArchRule THE_SOURCE_IS_FREE_OF_SCALA = noClasses()
            .that()
            .resideInAPackage("dev.lockstep..")
            .and()
            .doNotHaveSimpleName("Slots")
            .and()
            .doNotHaveSimpleName("LockstepClassificationModel")
            .should()
            .dependOnClassesThat(resideInAPackage("scala..").and(not(simpleName("Tuple2"))));

    /** Some locales have other digits and other letters' cases, which no file and no name is to have. */
    @ArchTest
    static final ArchRule TEXT_IS_MADE_FOR_NO_LOCALE_BUT_A_GIVEN_ONE = noClasses()
            .should()
            .callMethod(String.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(String.class, "formatted", Object[].class)
            .orShould()
            .callMethod(String.class, "toLowerCase")
            .orShould()
            .callMethod(String.class, "toUpperCase")
            .orShould()
            .callMethod(PrintStream.class, "printf", String.class, Object[].class)
            .orShould()
            .callMethod(PrintStream.class, "format", String.class, Object[].class)
            .orShould()
            .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
            .orShould()
            .callMethod(PrintWriter.class, "format", String.class, Object[].class);

    @ArchTest
    static final ArchRule THE_ENVIRONMENT_IS_READ_BY_DEPLOY = noClasses()
            .that()
            .resideOutsideOfPackages(DEPLOY, BENCH)
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class);

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.lockstep.(**)").should().beFreeOfCycles();

    private static ArchRule onlyIn(String library, String[] packages, String... itsPackages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(itsPackages)
                .as(library + " is named only in " + String.join(", ", packages))
                .allowEmptyShould(true);
    }
}
