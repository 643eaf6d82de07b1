"""Alternating pairs of runs, and the lines of the table that show them: medians, ranges, and ratios pair by pair."""

from runs import median

ROW = "%-26s %-26s %-26s %-20s %-14s %-14s"


def alternate(count, ours, theirs):
    """[(ours, theirs)] of `count` pairs, in changing order, for the first of a pair is often the faster one."""
    both = []
    for pair in range(count):
        if pair % 2 == 0:
            first = ours()
            both.append((first, theirs()))
        else:
            second = theirs()
            both.append((ours(), second))
    return both


def middle(values, form):
    return form % median(values) if values else "-"


def spread(values, form):
    values = sorted(value for value in values if value is not None)
    if not values:
        return "-"
    shown = middle(values, form)
    return shown if len(values) == 1 else "%s (%s-%s)" % (shown, form % values[0], form % values[-1])


def field(both, side, name):
    return [getattr(pair[side], name) for pair in both if pair[side]]


def ratio(both, of):
    """Median of the pairs' ratios, and their range."""
    return spread([of(pair[0]) / of(pair[1]) for pair in both if pair[0] and pair[1]], "%.2f")


def heading():
    print(ROW % ("", "Lockstep, examples/s", "peer, examples/s", "ratio", "CPU ms a step", "MB a step") + "\n"
          + ROW % ("", "", "", "", "and host, L / p", "between, L / p"), flush=True)


def show(name, peer, both):
    cpu = "%s / %s" % tuple(middle(field(both, side, "cpu_ms"), "%.1f") for side in (0, 1))
    crossed = "%s / %s" % tuple(middle(field(both, side, "megabytes"), "%.2f") for side in (0, 1))
    theirs = spread(field(both, 1, "rate"), "%.0f")
    print(ROW % (name, spread(field(both, 0, "rate"), "%.0f"), theirs + ("" if peer == "DDP" else " " + peer),
                 ratio(both, lambda figures: figures.rate), cpu, crossed), flush=True)


def show_times(name, megabytes, both):
    ours, theirs = ([pair[side] for pair in both if pair[side]] for side in (0, 1))
    print("%s: push, apply, broadcast %s ms = %s MB/s; gloo all-reduce %s ms; ratio of times %s" % (
        name, spread(ours, "%.1f"), "%.0f" % (megabytes / median(ours) * 1e3) if ours else "-", spread(theirs, "%.1f"),
        ratio(both, float)), flush=True)


def show_phases(workers):
    for number, parts in enumerate(workers):
        print("  worker %d, ms: %s" % (number, ", ".join("%s %.2f" % part for part in parts.items())), flush=True)
