"""Wrappers of the Java classes of ``dev.lockstep.ml``: they hold Params, and Java does the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, List, Type

from pyspark.ml.classification import _JavaProbabilisticClassificationModel, _JavaProbabilisticClassifier
from pyspark.ml.regression import _JavaRegressionModel, _JavaRegressor
from pyspark.ml.util import JavaMLReadable, JavaMLReader, JavaMLWritable

from lockstep._params import _PredictedLabelParams, _TrainingParams

if TYPE_CHECKING:
    from py4j.java_gateway import JavaObject
    from typing_extensions import Unpack

    from lockstep._params import ClassifierParams, RegressorParams

_PACKAGE = "dev.lockstep.ml."


class _Reader(JavaMLReader):
    """PySpark's own looks for Java classes below ``org.apache.spark`` only."""

    @classmethod
    def _java_loader_class(cls, clazz: Type[Any]) -> str:
        return _PACKAGE + clazz.__name__


class _Readable(JavaMLReadable):
    @classmethod
    def read(cls) -> _Reader:
        """What reads a saved one."""
        return _Reader(cls)


@dataclass(frozen=True)
class TrainingSummary:
    """How a model was trained."""

    #: Epochs that were finished.
    epochs: int
    #: Steps that were applied.
    steps: int
    #: Mean loss over each epoch's examples.
    objectiveHistory: List[float]
    #: Figures of each epoch by name, ``loss`` first; empty without validation rows.
    validationHistory: List[Dict[str, float]]
    #: Of the whole training, its reading included.
    seconds: float
    #: Over the training steps.
    examplesPerSecond: float


class _Trained:
    """What both models have beside what PySpark gives every model."""

    _java_obj: JavaObject

    @property
    def hasSummary(self) -> bool:
        """Whether it comes from a fit, and not from a file."""
        return self._java_obj.hasSummary()

    @property
    def summary(self) -> TrainingSummary:
        """How it was trained; an error if it was loaded."""
        told = self._java_obj.summary()
        return TrainingSummary(
            epochs=told.epochs(),
            steps=told.steps(),
            objectiveHistory=list(told.objectiveHistory()),
            validationHistory=[dict(figures) for figures in told.validationHistory()],
            seconds=told.seconds(),
            examplesPerSecond=told.examplesPerSecond(),
        )


class LockstepClassificationModel(
    _Trained, _JavaProbabilisticClassificationModel, _PredictedLabelParams, JavaMLWritable, _Readable
):
    """What a :class:`LockstepClassifier` has learned."""


class LockstepRegressionModel(_Trained, _JavaRegressionModel, JavaMLWritable, _Readable):
    """What a :class:`LockstepRegressor` has learned."""


class LockstepClassifier(_TrainingParams, _JavaProbabilisticClassifier, JavaMLWritable, _Readable):
    """A neural network that tells classes apart.

    >>> model = LockstepClassifier(layers="[linear: 64, relu, linear]", epochs=20, numWorkers=4).fit(rows)
    """

    def __init__(self, **params: Unpack[ClassifierParams]) -> None:
        super().__init__()
        self._java_obj = self._new_java_obj(_PACKAGE + "LockstepClassifier", self.uid)
        self.setParams(**params)

    def setParams(self, **params: Unpack[ClassifierParams]) -> LockstepClassifier:
        """Sets the Params that are named."""
        return self._set(**params)

    def warmStart(self, model: LockstepClassificationModel) -> LockstepClassifier:
        """A model with a network of the same form, whose weights the training begins with; not saved."""
        self._java_obj.warmStart(model._java_obj)
        return self

    def _create_model(self, java_model: JavaObject) -> LockstepClassificationModel:
        return LockstepClassificationModel(java_model)


class LockstepRegressor(_TrainingParams, _JavaRegressor, JavaMLWritable, _Readable):
    """A neural network that estimates a number.

    >>> model = LockstepRegressor(epochs=50).fit(rows)
    """

    def __init__(self, **params: Unpack[RegressorParams]) -> None:
        super().__init__()
        self._java_obj = self._new_java_obj(_PACKAGE + "LockstepRegressor", self.uid)
        self.setParams(**params)

    def setParams(self, **params: Unpack[RegressorParams]) -> LockstepRegressor:
        """Sets the Params that are named."""
        return self._set(**params)

    def warmStart(self, model: LockstepRegressionModel) -> LockstepRegressor:
        """A model with a network of the same form, whose weights the training begins with; not saved."""
        self._java_obj.warmStart(model._java_obj)
        return self

    def _create_model(self, java_model: JavaObject) -> LockstepRegressionModel:
        return LockstepRegressionModel(java_model)
