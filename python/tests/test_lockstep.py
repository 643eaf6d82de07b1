"""Fits, saves and loads through PySpark; needs pyspark and the jar for spark-submit in LOCKSTEP_JAR."""

import importlib.util
import os
import tempfile
import unittest

JAR = os.environ.get("LOCKSTEP_JAR")
OPENS = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"


@unittest.skipUnless(importlib.util.find_spec("pyspark"), "pyspark is not installed")
@unittest.skipUnless(JAR, "LOCKSTEP_JAR does not name the jar for spark-submit")
class LockstepTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        from pyspark.ml.linalg import Vectors
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[4]").config("spark.jars", JAR)
        cls.spark = builder.config("spark.driver.extraJavaOptions", OPENS).getOrCreate()
        rows = [
            (Vectors.dense(kind * 4.0 + i % 7 / 7, kind * 3.0 + i % 5 / 5), float(kind))
            for i in range(50)
            for kind in range(3)
        ]
        cls.rows = cls.spark.createDataFrame(rows, ["features", "label"])

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()

    def network(self):
        from lockstep import LockstepClassifier

        return LockstepClassifier(layers="[linear: 8, relu, linear]", epochs=15, seed=3)

    def accuracy(self, model):
        from pyspark.ml.evaluation import MulticlassClassificationEvaluator

        return MulticlassClassificationEvaluator(metricName="accuracy").evaluate(model.transform(self.rows))

    def test_learns_and_tells_how(self):
        model = self.network().fit(self.rows)
        self.assertGreater(self.accuracy(model), 0.95)
        self.assertEqual((2, 3), (model.numFeatures, model.numClasses))
        self.assertEqual(15, len(model.summary.objectiveHistory))

    def test_keeps_params_in_java_and_python(self):
        network = self.network().setNumWorkers(2).setOptimizer("{adam: {lr: 0.01}}")
        self.assertEqual((15, 2), (network.getEpochs(), network.getNumWorkers()))
        self.assertEqual("{adam: {lr: 0.01}}", network.getOptimizer())
        self.assertEqual(7, network.copy({network.epochs: 7}).getEpochs())
        with tempfile.TemporaryDirectory() as folder:
            network.write().overwrite().save(folder)
            read = type(network).load(folder)
        self.assertEqual((network.uid, 15, 3), (read.uid, read.getEpochs(), read.getSeed()))

    def test_is_loaded_inside_a_pipeline(self):
        from pyspark.ml import Pipeline, PipelineModel

        model = Pipeline(stages=[self.network()]).fit(self.rows)
        with tempfile.TemporaryDirectory() as folder:
            model.write().overwrite().save(folder)
            read = PipelineModel.load(folder)
        self.assertEqual(self.accuracy(model), self.accuracy(read))

    def test_is_chosen_by_cross_validation(self):
        from pyspark.ml.evaluation import MulticlassClassificationEvaluator
        from pyspark.ml.tuning import CrossValidator, ParamGridBuilder

        network = self.network()
        grid = ParamGridBuilder().addGrid(network.epochs, [1, 15]).build()
        chosen = CrossValidator(
            estimator=network,
            estimatorParamMaps=grid,
            evaluator=MulticlassClassificationEvaluator(metricName="accuracy"),
            numFolds=2,
            parallelism=2,
            seed=7,
        ).fit(self.rows)
        self.assertEqual(15, chosen.bestModel.summary.epochs)

    def test_estimates_numbers(self):
        from lockstep import LockstepRegressor
        from pyspark.ml.evaluation import RegressionEvaluator

        model = LockstepRegressor(epochs=30, seed=3).fit(self.rows)
        self.assertLess(RegressionEvaluator().evaluate(model.transform(self.rows)), 0.2)


if __name__ == "__main__":
    unittest.main()
