"""Neural networks trained by data parallelism on Apache Spark: estimators of spark.ml in PySpark's manner.

Import this package before a ``PipelineModel`` with a model of it is loaded: PySpark looks for a Java class
``dev.lockstep.ml.X`` in a Python module of that name, which the import registers.
"""

import sys

from lockstep import ml
from lockstep.ml import (
    LockstepClassificationModel,
    LockstepClassifier,
    LockstepRegressionModel,
    LockstepRegressor,
    TrainingSummary,
)

sys.modules.setdefault("dev.lockstep.ml", ml)

__all__ = [
    "LockstepClassificationModel",
    "LockstepClassifier",
    "LockstepRegressionModel",
    "LockstepRegressor",
    "TrainingSummary",
]
