"""Params of the Java classes. Made from them: ``PythonPackageTest`` holds this file to them, and writes it."""

from __future__ import annotations

from typing import Any, List, TypedDict, TypeVar

from pyspark.ml.param import Param, Params, TypeConverters

P = TypeVar("P", bound=Params)


class _PredictorParams(TypedDict, total=False):
    featuresCol: str
    labelCol: str
    predictionCol: str


class _EstimatorParams(_PredictorParams, total=False):
    batchSize: int
    checkpointDir: str
    checkpointInterval: int
    clip: str
    device: str
    earlyStoppingPatience: int
    epochs: int
    init: str
    job: str
    layers: str
    loss: str
    numWorkers: int
    optimizer: str
    preprocess: str
    regularization: str
    schedule: str
    seed: int
    threads: int
    validationIndicatorCol: str
    weightCol: str


class RegressorParams(_EstimatorParams, total=False):
    pass


class ClassifierParams(_EstimatorParams, total=False):
    probabilityCol: str
    rawPredictionCol: str
    thresholds: List[float]


class _TrainingParams(Params):
    """What both estimators can be told of training."""

    batchSize: Param[int] = Param(
        Params._dummy(),
        "batchSize",
        "examples of a step, over all workers (>= 1)",
        typeConverter=TypeConverters.toInt,
    )

    checkpointDir: Param[str] = Param(
        Params._dummy(),
        "checkpointDir",
        "a folder for the state of a run; a fit that was cut goes on from there",
        typeConverter=TypeConverters.toString,
    )

    checkpointInterval: Param[int] = Param(
        Params._dummy(),
        "checkpointInterval",
        "epochs between checkpoints (>= 1)",
        typeConverter=TypeConverters.toInt,
    )

    clip: Param[str] = Param(
        Params._dummy(),
        "clip",
        "how gradients are bounded, as the job file's section of this name",
        typeConverter=TypeConverters.toString,
    )

    device: Param[str] = Param(
        Params._dummy(),
        "device",
        "where it computes: cpu or cuda",
        typeConverter=TypeConverters.toString,
    )

    earlyStoppingPatience: Param[int] = Param(
        Params._dummy(),
        "earlyStoppingPatience",
        "epochs without a better validation loss after which training ends (>= 1)",
        typeConverter=TypeConverters.toInt,
    )

    epochs: Param[int] = Param(
        Params._dummy(),
        "epochs",
        "how often all examples are learned from (>= 1)",
        typeConverter=TypeConverters.toInt,
    )

    init: Param[str] = Param(
        Params._dummy(),
        "init",
        "what fills the parameters before the first step, as the job file's section of this name",
        typeConverter=TypeConverters.toString,
    )

    job: Param[str] = Param(
        Params._dummy(),
        "job",
        "a whole job file, as its text or as the path of a file that ends in .yaml; other params "
        "count before it",
        typeConverter=TypeConverters.toString,
    )

    layers: Param[str] = Param(
        Params._dummy(),
        "layers",
        "the network, as the job file's section of this name in model; a last layer linear without "
        "a width gets what the label wants",
        typeConverter=TypeConverters.toString,
    )

    loss: Param[str] = Param(
        Params._dummy(),
        "loss",
        "what is made small, as the job file's section of this name",
        typeConverter=TypeConverters.toString,
    )

    numWorkers: Param[int] = Param(
        Params._dummy(),
        "numWorkers",
        "tasks that train together, at the same time (>= 1)",
        typeConverter=TypeConverters.toInt,
    )

    optimizer: Param[str] = Param(
        Params._dummy(),
        "optimizer",
        "who updates the parameters, as the job file's section of this name",
        typeConverter=TypeConverters.toString,
    )

    preprocess: Param[str] = Param(
        Params._dummy(),
        "preprocess",
        "what is fitted to the features and done to them, as the job file's section of this name "
        "in data; [] for nothing",
        typeConverter=TypeConverters.toString,
    )

    regularization: Param[str] = Param(
        Params._dummy(),
        "regularization",
        "what is added to the loss, as the job file's section of this name",
        typeConverter=TypeConverters.toString,
    )

    schedule: Param[str] = Param(
        Params._dummy(),
        "schedule",
        "the learning rate over the steps, as the job file's section of this name",
        typeConverter=TypeConverters.toString,
    )

    seed: Param[int] = Param(
        Params._dummy(),
        "seed",
        "of everything random",
        typeConverter=TypeConverters.toInt,
    )

    threads: Param[int] = Param(
        Params._dummy(),
        "threads",
        "threads that one worker computes with (>= 1)",
        typeConverter=TypeConverters.toInt,
    )

    validationIndicatorCol: Param[str] = Param(
        Params._dummy(),
        "validationIndicatorCol",
        "name of a Boolean column; where it is true, a row is measured by and not learned from",
        typeConverter=TypeConverters.toString,
    )

    weightCol: Param[str] = Param(
        Params._dummy(),
        "weightCol",
        "name of a column that says what each row counts in the loss (>= 0)",
        typeConverter=TypeConverters.toString,
    )

    def getBatchSize(self) -> int:
        """The value of :py:attr:`batchSize`, or its default."""
        return self.getOrDefault(self.batchSize)

    def setBatchSize(self: P, value: int) -> P:
        """Sets :py:attr:`batchSize`."""
        return self._set(batchSize=value)

    def getCheckpointDir(self) -> str:
        """The value of :py:attr:`checkpointDir`, or its default."""
        return self.getOrDefault(self.checkpointDir)

    def setCheckpointDir(self: P, value: str) -> P:
        """Sets :py:attr:`checkpointDir`."""
        return self._set(checkpointDir=value)

    def getCheckpointInterval(self) -> int:
        """The value of :py:attr:`checkpointInterval`, or its default."""
        return self.getOrDefault(self.checkpointInterval)

    def setCheckpointInterval(self: P, value: int) -> P:
        """Sets :py:attr:`checkpointInterval`."""
        return self._set(checkpointInterval=value)

    def getClip(self) -> str:
        """The value of :py:attr:`clip`, or its default."""
        return self.getOrDefault(self.clip)

    def setClip(self: P, value: str) -> P:
        """Sets :py:attr:`clip`."""
        return self._set(clip=value)

    def getDevice(self) -> str:
        """The value of :py:attr:`device`, or its default."""
        return self.getOrDefault(self.device)

    def setDevice(self: P, value: str) -> P:
        """Sets :py:attr:`device`."""
        return self._set(device=value)

    def getEarlyStoppingPatience(self) -> int:
        """The value of :py:attr:`earlyStoppingPatience`, or its default."""
        return self.getOrDefault(self.earlyStoppingPatience)

    def setEarlyStoppingPatience(self: P, value: int) -> P:
        """Sets :py:attr:`earlyStoppingPatience`."""
        return self._set(earlyStoppingPatience=value)

    def getEpochs(self) -> int:
        """The value of :py:attr:`epochs`, or its default."""
        return self.getOrDefault(self.epochs)

    def setEpochs(self: P, value: int) -> P:
        """Sets :py:attr:`epochs`."""
        return self._set(epochs=value)

    def getInit(self) -> str:
        """The value of :py:attr:`init`, or its default."""
        return self.getOrDefault(self.init)

    def setInit(self: P, value: str) -> P:
        """Sets :py:attr:`init`."""
        return self._set(init=value)

    def getJob(self) -> str:
        """The value of :py:attr:`job`, or its default."""
        return self.getOrDefault(self.job)

    def setJob(self: P, value: str) -> P:
        """Sets :py:attr:`job`."""
        return self._set(job=value)

    def getLayers(self) -> str:
        """The value of :py:attr:`layers`, or its default."""
        return self.getOrDefault(self.layers)

    def setLayers(self: P, value: str) -> P:
        """Sets :py:attr:`layers`."""
        return self._set(layers=value)

    def getLoss(self) -> str:
        """The value of :py:attr:`loss`, or its default."""
        return self.getOrDefault(self.loss)

    def setLoss(self: P, value: str) -> P:
        """Sets :py:attr:`loss`."""
        return self._set(loss=value)

    def getNumWorkers(self) -> int:
        """The value of :py:attr:`numWorkers`, or its default."""
        return self.getOrDefault(self.numWorkers)

    def setNumWorkers(self: P, value: int) -> P:
        """Sets :py:attr:`numWorkers`."""
        return self._set(numWorkers=value)

    def getOptimizer(self) -> str:
        """The value of :py:attr:`optimizer`, or its default."""
        return self.getOrDefault(self.optimizer)

    def setOptimizer(self: P, value: str) -> P:
        """Sets :py:attr:`optimizer`."""
        return self._set(optimizer=value)

    def getPreprocess(self) -> str:
        """The value of :py:attr:`preprocess`, or its default."""
        return self.getOrDefault(self.preprocess)

    def setPreprocess(self: P, value: str) -> P:
        """Sets :py:attr:`preprocess`."""
        return self._set(preprocess=value)

    def getRegularization(self) -> str:
        """The value of :py:attr:`regularization`, or its default."""
        return self.getOrDefault(self.regularization)

    def setRegularization(self: P, value: str) -> P:
        """Sets :py:attr:`regularization`."""
        return self._set(regularization=value)

    def getSchedule(self) -> str:
        """The value of :py:attr:`schedule`, or its default."""
        return self.getOrDefault(self.schedule)

    def setSchedule(self: P, value: str) -> P:
        """Sets :py:attr:`schedule`."""
        return self._set(schedule=value)

    def getSeed(self) -> int:
        """The value of :py:attr:`seed`, or its default."""
        return self.getOrDefault(self.seed)

    def setSeed(self: P, value: int) -> P:
        """Sets :py:attr:`seed`."""
        return self._set(seed=value)

    def getThreads(self) -> int:
        """The value of :py:attr:`threads`, or its default."""
        return self.getOrDefault(self.threads)

    def setThreads(self: P, value: int) -> P:
        """Sets :py:attr:`threads`."""
        return self._set(threads=value)

    def getValidationIndicatorCol(self) -> str:
        """The value of :py:attr:`validationIndicatorCol`, or its default."""
        return self.getOrDefault(self.validationIndicatorCol)

    def setValidationIndicatorCol(self: P, value: str) -> P:
        """Sets :py:attr:`validationIndicatorCol`."""
        return self._set(validationIndicatorCol=value)

    def getWeightCol(self) -> str:
        """The value of :py:attr:`weightCol`, or its default."""
        return self.getOrDefault(self.weightCol)

    def setWeightCol(self: P, value: str) -> P:
        """Sets :py:attr:`weightCol`."""
        return self._set(weightCol=value)


class _PredictedLabelParams(Params):
    """What a model that tells classes apart can be told."""

    predictedLabelCol: Param[str] = Param(
        Params._dummy(),
        "predictedLabelCol",
        "name of a column for the label of the predicted class; empty for none",
        typeConverter=TypeConverters.toString,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self._setDefault(predictedLabelCol="")

    def getPredictedLabelCol(self) -> str:
        """The value of :py:attr:`predictedLabelCol`, or its default."""
        return self.getOrDefault(self.predictedLabelCol)

    def setPredictedLabelCol(self: P, value: str) -> P:
        """Sets :py:attr:`predictedLabelCol`."""
        return self._set(predictedLabelCol=value)
