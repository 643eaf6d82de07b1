package dev.lockstep.driver.train;

import dev.lockstep.driver.ClusterException;
import dev.lockstep.driver.yaml.Nearest;
import java.util.Arrays;
import java.util.Collection;
import org.apache.spark.SparkConf;

/** Lockstep's own of Spark's settings: what is none is refused by key and value, before anything is opened. */
record ConfValues(SparkConf conf, String prefix) {
    /** One that is misspelt would be passed over, and with it what it should protect. */
    void requireKnown(Collection<String> names) {
        Arrays.stream(conf.getAllWithPrefix(prefix))
                .filter(setting -> !names.contains(setting._1()))
                .findFirst()
                .ifPresent(setting -> {
                    throw new ClusterException("There is no such setting: " + prefix + setting._1() + "=" + setting._2()
                            + Nearest.hint(setting._1(), names));
                });
    }

    String text(String name, String usual) {
        return conf.get(prefix + name, usual);
    }

    int number(String name, int usual, int least, int most) {
        String text = conf.get(prefix + name, Integer.toString(usual));
        boolean number = text.matches("-?\\d{1,9}");
        if (!number || (conf.contains(prefix + name) && !isWithin(Integer.parseInt(text), least, most))) {
            throw new ClusterException(prefix + name + " must be a whole number in " + least + ".." + most + ": "
                    + prefix + name + "=" + text);
        }

        return Integer.parseInt(text);
    }

    private static boolean isWithin(int value, int least, int most) {
        return value >= least && value <= most;
    }

    boolean flag(String name, boolean usual) {
        String text = conf.get(prefix + name, Boolean.toString(usual));
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new ClusterException(prefix + name + " must be true or false: " + prefix + name + "=" + text);
        }

        return Boolean.parseBoolean(text);
    }
}
