#!/usr/bin/env python3
"""Writes the golden values: what PyTorch, NumPy and scikit-learn compute, as the tests' resources.

    generate.py                                  all, into the modules' test resources
    generate.py --only losses.HuberLoss layers   these families, or names within one
    generate.py --out DIR --seed N [--held-out]  another set, each file in DIR

A case that agrees with the stored one up to rounding keeps its stored digits, so that a run
without changes leaves the tree as it is, whatever the processor. README.md has the format.
"""
import argparse
import importlib
import json
import os
import re
import shutil
import tempfile
import warnings

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GOLDEN = "src/test/resources/golden"
DRIVER = os.path.join(ROOT, "driver", GOLDEN)
HOMES = {
    "losses": f"losses/{GOLDEN}",
    "optimizers": f"optim/{GOLDEN}",
    "schedules": f"optim/{GOLDEN}",
    "clipping": f"optim/{GOLDEN}",
    "initializers": f"params/{GOLDEN}",
    "compression": f"params/{GOLDEN}",
    "activations": f"worker/{GOLDEN}",
    "normalization": f"worker/{GOLDEN}",
    "autocast": f"worker/{GOLDEN}",
    "layers": "worker/src/test/resources/layers",
    "inputs": "worker/src/test/resources/layers",
    "preprocessing": f"driver/{GOLDEN}",
    "metrics": f"driver/{GOLDEN}",
}
FOLDERS = {"trajectories": f"driver/{GOLDEN}/trajectories",
           "torchscript": "worker/src/test/resources/torchscript"}
OWN_SEEDS = {"layers": 11, "inputs": 11, "torchscript": 3}
ROUNDING = {"float32_error": 2e-4, "float32": 1e-5}  # by key; elsewhere 1e-9


def alike(new, old, tolerance=1e-9):
    """Whether two JSON values differ by rounding at most; the words of an error may differ."""
    if isinstance(new, dict) and isinstance(old, dict):
        return new.keys() == old.keys() and all(
            key == "message" or alike(new[key], old[key], ROUNDING.get(key, tolerance))
            for key in new)
    if isinstance(new, list) and isinstance(old, list):
        return len(new) == len(old) and all(alike(a, b, tolerance) for a, b in zip(new, old))
    if isinstance(new, float) or isinstance(old, float):
        return type(new) in (int, float) and type(old) in (int, float) and (
            new == old or abs(new - old) <= tolerance * max(1, abs(old)))
    return new == old


def by_id(cases):
    return {case.get("id", str(i)): case for i, case in enumerate(cases)}


def merged(cases, stored, versions, names):
    """The new list of cases, and how many of them were added or changed, or are gone."""
    old_head, old = {}, {}
    if stored:
        old_head = {key: stored.get(key) for key in versions}
        old = by_id(stored["cases"])
    result, added, changed = [], 0, 0
    for key, case in by_id(cases).items():
        if names and re.sub(r"-\d+$", "", key) not in names:
            if key in old:
                result.append(old[key])
            continue
        before = dict(old.get(key, {}))
        if stored and key in old:
            for name in versions:
                before.pop(name, None)
            if alike(case, before):
                result.append(old[key])
                continue
        if stored and versions != old_head:
            case = {**case, **versions}  # the file's head names those of the other cases
        result.append(case)
        added, changed = added + (key not in old), changed + (key in old)
    gone = len(old.keys() - by_id(result).keys())
    return result, added, changed, gone


def head_and_cases(family, seed, held_out):
    """What the file says of itself, and its cases."""
    import numpy
    seed = OWN_SEEDS.get(family, seed)
    if family == "metrics":
        import sklearn
        cases, versions = importlib.import_module(family).all_cases(seed), {"sklearn": sklearn.__version__}
    else:
        import torch
        torch.set_num_threads(1)
        versions = {"torch": torch.__version__, "numpy": numpy.__version__}
        if family in ("layers", "inputs"):
            cases = importlib.import_module(family).all_cases(seed)
        else:
            from cases import Source
            cases = getattr(importlib.import_module(family), family)(Source(family, seed, held_out))
    head = {"format": 1, "family": family, "set": "held-out" if held_out else "main", "seed": seed}
    return head, versions, json.loads(json.dumps(list(cases), allow_nan=False))


def write_family(family, folder, seed, held_out, names, keep):
    path = os.path.join(folder, family + ".json")
    stored = None
    if keep and os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            stored = json.load(file)
    head, versions, cases = head_and_cases(family, seed, held_out)
    cases, added, changed, gone = merged(cases, stored, versions, names)
    print(f"{family}: {len(cases)} cases, {added} added, {changed} changed, {gone} gone")
    if stored and not (added or changed or gone):
        return
    if stored and any(key not in case for case in cases for key in versions):
        versions = {key: stored.get(key, versions[key]) for key in versions}
    lines = [json.dumps(case, separators=(",", ":")) for case in cases]
    with open(path, "w", encoding="utf-8") as file:
        file.write(json.dumps({**head, **versions})[:-1] + ', "cases": [\n'
                   + ",\n".join(lines) + "\n]}\n")


def numbers(path):
    with open(path, encoding="utf-8") as file:
        return [float(field) for field in re.split(r"[,\n]", file.read()) if field]


def same_run(new, old):
    """By what a run starts from, and by its losses in float64."""
    def read(folder, name):
        with open(os.path.join(folder, name), "rb") as file:
            return file.read()
    return os.path.exists(os.path.join(old, "losses64.csv")) and all(
        read(new, name) == read(old, name) for name in ("job.yaml", "start.safetensors")
    ) and alike(*(numbers(os.path.join(f, "losses64.csv")) for f in (new, old)), tolerance=1e-6)


def write_folders(family, folder, seed, held_out, keep):
    """What is no JSON of cases: runs are compared as runs, and TorchScript that is there is left."""
    import torch
    torch.set_num_threads(1)
    seed = OWN_SEEDS.get(family, seed)
    module = importlib.import_module(family)
    with tempfile.TemporaryDirectory() as fresh:
        if family == "trajectories":
            module.write(fresh, os.path.join(DRIVER, "digits.csv"), seed, held_out)
        else:
            module.write(fresh, seed)
        changed = 0
        for name in sorted(os.listdir(fresh)):
            new, old = os.path.join(fresh, name), os.path.join(folder, name)
            if keep and (same_run(new, old) if os.path.isdir(new) else os.path.exists(old)):
                continue  # a TorchScript file differs in every run
            changed += 1
            os.makedirs(folder, exist_ok=True)
            if os.path.isdir(new):
                shutil.copytree(new, old, dirs_exist_ok=True)
            else:
                shutil.copy(new, old)
    print(f"{family}: {changed} written")


def main():
    names = [*HOMES, *FOLDERS]
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", default=names, metavar="FAMILY[.NAME]",
                        help="of " + ", ".join(names))
    parser.add_argument("--out", help="folder; else each file's place among the tests' resources")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held-out", action="store_true",
                        help="draw shapes and arguments at random")
    options = parser.parse_args()
    if not options.out and (options.held_out or options.seed != 1):
        parser.error("another set needs a folder of its own: --out DIR")
    wanted = {}
    for word in options.only:
        family, _, name = word.partition(".")
        if family not in names:
            parser.error(f"no such family: {family}; there are {', '.join(names)}")
        wanted.setdefault(family, set()).update([name] if name else [])
    warnings.simplefilter("ignore")
    for family, only in wanted.items():
        home = os.path.join(ROOT, {**HOMES, **FOLDERS}[family])
        folder = options.out or home
        if options.out:
            folder = os.path.join(folder, family) if family in FOLDERS else folder
            os.makedirs(folder, exist_ok=True)
        try:
            if family in FOLDERS:
                write_folders(family, folder, options.seed, options.held_out, not options.out)
            else:
                write_family(family, folder, options.seed, options.held_out, only,
                             not options.out)
        except ModuleNotFoundError as missing:
            print(f"{family}: left as it is, for Python lacks {missing.name}")


if __name__ == "__main__":
    main()
