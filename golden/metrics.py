"""What scikit-learn says of random predictions."""
import numpy
from sklearn import metrics

AVERAGES = ["macro", "micro", "weighted"]
random = None  # the generator of the run
cases = []


def case(loss, predictions, targets, figures):
    """Some predictions, their targets as the data have them, and the value of each metric by its text in a job file."""
    cases.append({
        "loss": loss, "shape": list(predictions.shape), "predictions": predictions.ravel().tolist(),
        "targets": numpy.asarray(targets, float).ravel().tolist(),
        "figures": {name: numpy.asarray(value, float).tolist() for name, value in figures.items()},
    })


def ratios(right, said, averages, default, extra=""):
    figures = {}
    for name in ["precision", "recall", "f1"]:
        score = getattr(metrics, name + "_score")
        figures[f"{name}: {{{extra}}}"] = score(right, said, average=default, zero_division=0)
        for average in averages:
            text = f"average: {average}" + (f", {extra}" if extra else "")
            figures[f"{name}: {{{text}}}"] = score(right, said, average=average, zero_division=0)
    return figures


def single(loss, scores, limit, targets, extra=""):
    """One score for yes or no."""
    said = (scores > limit).astype(int).ravel()
    right = (targets > 0.5).astype(int).ravel()
    case(loss, scores, targets, {
        f"accuracy: {{{extra}}}": metrics.accuracy_score(right, said),
        f"confusion_matrix: {{{extra}}}": metrics.confusion_matrix(right, said, labels=[0, 1]),
        "auc": metrics.roc_auc_score(right, scores.ravel()),
    } | ratios(right, said, ["binary"] + AVERAGES, "binary", extra))


def several(loss, scores, targets, right, kept):
    """A score for each class along dimension 1, of which one is right; positions that are not kept are left out."""
    classes = scores.shape[1]
    rows = numpy.moveaxis(scores, 1, -1).reshape(-1, classes)[kept]
    said = rows.argmax(1)
    right = right[kept]
    figures = {
        "accuracy": metrics.accuracy_score(right, said),
        "confusion_matrix": metrics.confusion_matrix(right, said, labels=range(classes)),
    } | ratios(right, said, AVERAGES, "binary" if classes == 2 else "macro")
    if classes == 2:
        figures["auc"] = metrics.roc_auc_score(right, rows[:, 1] - rows[:, 0])
    else:
        for k in range(1, classes):
            figures[f"top_k: {k}"] = metrics.top_k_accuracy_score(right, rows, k=k, labels=range(classes))
    case(loss, scores, targets, figures)


def labels(loss, scores, limit, targets):
    """A score for each label, of which several may be right."""
    said = (scores > limit).astype(int)
    accuracy = {"accuracy": metrics.accuracy_score(targets, said)}
    case(loss, scores, targets, accuracy | ratios(targets, said, AVERAGES, "macro"))


def numbers(loss, predictions, targets, estimates):
    right = numpy.asarray(targets, float).reshape(len(targets), -1)
    said = estimates.reshape(len(targets), -1)
    case(loss, predictions, targets, {
        "mae": metrics.mean_absolute_error(right, said),
        "rmse": metrics.root_mean_squared_error(right, said),
        "r2": metrics.r2_score(right, said),
    })


def all_single():
    for shape in [(17,), (23, 1), (5, 1, 3, 2)]:
        logits = random.normal(0.3, 1, shape).round(1)
        fractions = random.uniform(0, 1, shape).round(2)
        targets = random.integers(0, 2, shape)
        single("bce_with_logits", logits, 0, targets)
        single("soft_margin", logits, 0, 2 * targets - 1)
        single("bce", fractions, 0.5, targets)
        single("mse", fractions, 0.5, targets)
        single("bce", fractions, 0.3, targets, "threshold: 0.3")


def all_several():
    for shape in [(40, 2), (30, 3), (15, 12), (4, 5, 3, 2)]:
        scores = random.normal(0, 1, shape).round(6)
        positions = scores.size // shape[1]
        right = random.integers(0, shape[1], positions)
        every = numpy.ones(positions, bool)
        several("cross_entropy", scores, right, right, every)
        several("nll", scores, right, right, every)
        if len(shape) == 2:
            several("multi_margin", scores, right, right, every)

        kept = random.uniform(0, 1, positions) > 0.3
        several("cross_entropy", scores, numpy.where(kept, right, -100), right, kept)
        if shape[1] > 2:
            several("nll: {ignore_index: 1}", scores, right, right, right != 1)

        one_hot = numpy.eye(shape[1])[right].reshape((shape[0],) + shape[2:] + (shape[1],))
        for loss in ["mse", "cross_entropy", "kl_div"]:
            several(loss, scores, numpy.moveaxis(one_hot, -1, 1), right, every)


def all_labels():
    for shape in [(30, 2), (20, 6)]:
        logits = random.normal(-0.2, 1, shape).round(6)
        logits[:, -1] = -0.25
        targets = random.integers(0, 2, shape)
        labels("bce_with_logits", logits, 0, targets)
        # The last label is never said, and here it is never right.
        targets[:, -1] = 0
        labels("multi_label_soft_margin", logits, 0, targets)
        labels("bce", 1 / (1 + numpy.exp(-logits)), 0.5, targets)


def all_numbers():
    for shape in [(15,), (31, 1), (20, 3), (6, 2, 2, 3)]:
        targets = random.normal(1000, 2, shape).round(2).astype(numpy.float32)
        estimates = targets + random.normal(0.1, 1, shape).round(2)
        numbers("mse", estimates, targets, estimates)
        if len(shape) > 1:
            numbers("gaussian_nll", numpy.concatenate([estimates, numpy.ones(shape)], 1), targets, estimates)

        counts = random.poisson(3, shape)
        logs = random.normal(1, 0.3, shape).round(6)
        numbers("poisson_nll", logs, counts, numpy.exp(logs))
        numbers("poisson_nll: {log_input: false}", numpy.exp(logs), counts, numpy.exp(logs))

        same = numpy.full(shape, 2.5)
        numbers("l1", same, same, same)
        numbers("huber", estimates, same, estimates)


def all_cases(seed):
    global random
    random = numpy.random.default_rng(seed)
    all_single()
    all_several()
    all_labels()
    all_numbers()
    return cases
