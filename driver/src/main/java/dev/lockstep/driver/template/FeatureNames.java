package dev.lockstep.driver.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of columns as a job file has them: ranges for those that stand side by side. */
final class FeatureNames {
    private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,9})");
    private static final int RUN = 4;

    private FeatureNames() {}

    /**
     * Names and ranges.
     *
     * @param all columns of the table, in order
     * @param wanted some of them, in the same order
     */
    static List<String> of(List<String> all, List<String> wanted) {
        List<String> names = new ArrayList<>();
        for (int first = 0; first < wanted.size(); ) {
            int last = first;
            int place = all.indexOf(wanted.get(first));
            while (last + 1 < wanted.size()
                    && place + last + 1 - first < all.size()
                    && all.get(place + last + 1 - first).equals(wanted.get(last + 1))) {
                last++;
            }
            List<String> run = wanted.subList(first, last + 1);
            if (isRange(run)) {
                names.add(run.get(0) + ".." + run.get(run.size() - 1));
            } else {
                names.addAll(run);
            }
            first = last + 1;
        }
        return names;
    }

    /** A range whose ends are numbered counts; that must come to the same. */
    private static boolean isRange(List<String> run) {
        Matcher from = NUMBERED.matcher(run.get(0));
        Matcher to = NUMBERED.matcher(run.get(run.size() - 1));
        if (run.size() < RUN || run.stream().anyMatch(name -> name.contains(".") || !name.equals(name.strip()))) {
            return false;
        }
        if (!from.matches() || !to.matches() || !from.group(1).equals(to.group(1))) {
            return true;
        }
        long next = Long.parseLong(from.group(2));
        for (String name : run) {
            if (!name.equals(from.group(1) + next)) {
                return false;
            }
            next++;
        }
        return true;
    }
}
