package dev.lockstep.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Python package fits the Java classes that it wraps: its Params are made from them, {@code -Dlockstep.docs=write}
 * writes them, and whatever else it calls is there.
 */
class PythonPackageTest {
    private static final Path PACKAGE = Path.of("../python/lockstep");
    private static final boolean WRITING = "write".equals(System.getProperty("lockstep.docs"));

    private static final String HEAD =
            """
            \"""Params of the Java classes. Made from them: ``PythonPackageTest`` holds this file to them, and writes it.\"""

            from __future__ import annotations

            from typing import Any, List, TypedDict, TypeVar

            from pyspark.ml.param import Param, Params, TypeConverters

            P = TypeVar("P", bound=Params)


            class _PredictorParams(TypedDict, total=False):
                featuresCol: str
                labelCol: str
                predictionCol: str
            """;

    private static final String OF_EACH =
            """


            class RegressorParams(_EstimatorParams, total=False):
                pass


            class ClassifierParams(_EstimatorParams, total=False):
                probabilityCol: str
                rawPredictionCol: str
                thresholds: List[float]
            """;

    private final PythonParams classifier = new PythonParams(new LockstepClassifier());
    private final PythonParams regressor = new PythonParams(new LockstepRegressor());
    private final PythonParams model = new PythonParams(new LockstepClassificationModel("model"));

    @Test
    void declaresTheParamsOfJava() throws IOException {
        String made = HEAD
                + regressor.dictionary("_EstimatorParams", "_PredictorParams")
                + OF_EACH
                + classifier.mixin("_TrainingParams", "What both estimators can be told of training.")
                + model.mixin("_PredictedLabelParams", "What a model that tells classes apart can be told.");
        Path file = PACKAGE.resolve("_params.py");
        if (WRITING) {
            Files.writeString(file, made);
        }

        assertEquals(
                made,
                Files.readString(file),
                file + " is made from the Java classes: ./mvnw -pl driver -am test -Dtest=PythonPackageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dlockstep.docs=write");
    }

    @Test
    void bothEstimatorsHaveTheParamsOfTheMixin() {
        assertEquals(classifier.names(), regressor.names());
        assertTrue(classifier.names().containsAll(List.of("layers", "epochs", "job")), () -> "" + classifier.names());
        assertEquals(List.of("predictedLabelCol"), model.names());
        assertEquals(List.of(), new PythonParams(new LockstepRegressionModel("model")).names());
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                LockstepClassifier.class,
                LockstepClassificationModel.class,
                LockstepRegressor.class,
                LockstepRegressionModel.class
            })
    void pySparkFindsWhatItCalls(Class<? extends Params> type) throws Exception {
        assertTrue(module().contains("\nclass " + type.getSimpleName() + "("), () -> "wraps no " + type);
        // Made by uid, read by a static method, and each Param handed out by a method of its name.
        Params stage = type.getConstructor(String.class).newInstance("mine");
        assertEquals("mine", stage.uid());
        assertTrue(Modifier.isStatic(type.getMethod("read").getModifiers()));
        assertEquals(MLReader.class, type.getMethod("read").getReturnType());
        for (Param<?> param : stage.params()) {
            assertEquals(param, type.getMethod(param.name()).invoke(stage));
        }
    }

    @Test
    void tellsAllOfTheSummary() throws IOException {
        Set<String> asked = Pattern.compile("told\\.(\\w+)\\(\\)")
                .matcher(module())
                .results()
                .map((MatchResult call) -> call.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(
                Arrays.stream(TrainingSummary.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.toCollection(TreeSet::new)),
                asked);
    }

    private static String module() throws IOException {
        return Files.readString(PACKAGE.resolve("ml.py"));
    }
}
