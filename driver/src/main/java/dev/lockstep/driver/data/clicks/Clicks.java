package dev.lockstep.driver.data.clicks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * An endless table of what was shown to whom, and whether it was clicked. Immutable. Row i is a function of (seed, i)
 * alone, the same on every machine.
 *
 * <pre>
 *   P(clicked) = σ(b + popularity(item) + habit(device, hour) + youth(age) + taste(city) · kind(item))
 * </pre>
 *
 * The last term is in no column by itself: it takes a vector for each city and each item. One device in fifty is not
 * told.
 */
public final class Clicks {
    private static final String HEADER = "hour,age,city,device,item,clicked";
    private static final List<String> CITIES = List.of(
            "Accra",
            "Athens",
            "Bangkok",
            "Bogota",
            "Cairo",
            "Chicago",
            "Dakar",
            "Delhi",
            "Dublin",
            "Hanoi",
            "Helsinki",
            "Jakarta",
            "Kyoto",
            "Lagos",
            "Lima",
            "Lisbon",
            "Madrid",
            "Manila",
            "Nairobi",
            "Oslo",
            "Paris",
            "Prague",
            "Quito",
            "Rome",
            "Seoul",
            "Sydney",
            "Tunis",
            "Vienna",
            "Warsaw",
            "Zurich");
    private static final List<String> DEVICES = List.of("phone", "tablet", "laptop", "television");
    private static final int ITEMS = 100;
    private static final int TASTES = 4;
    private static final double UNTOLD = 0.02;
    private static final double BASE = -1.5;

    private final long seed;
    private final double[][] tastes;
    private final double[][] kinds;
    private final double[] popularity;

    public Clicks(long seed) {
        this.seed = seed;
        // java.util.Random's algorithm is part of its specification, so it may be relied on.
        Random world = new Random(seed);
        this.tastes = normal(world, CITIES.size());
        this.kinds = normal(world, ITEMS);
        this.popularity = world.doubles(ITEMS, -1, 1).toArray();
    }

    private static double[][] normal(Random random, int rows) {
        double[][] values = new double[rows][TASTES];
        for (double[] row : values) {
            for (int i = 0; i < TASTES; i++) {
                row[i] = random.nextGaussian();
            }
        }
        return values;
    }

    /** A row as csv. */
    public String row(long index) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L ^ index * 0xD6E8FEB86659FD93L);
        // A stream of java.util.Random begins alike for seeds that are alike.
        random.nextLong();
        int hour = random.nextInt(24);
        int age = 18 + (int) (62 * random.nextDouble() * random.nextDouble());
        int city = random.nextInt(CITIES.size());
        int device = random.nextInt(DEVICES.size());
        int item = (int) (ITEMS * random.nextDouble() * random.nextDouble());
        boolean told = random.nextDouble() >= UNTOLD;
        double score = BASE + popularity[item] + habit(device, hour) + (age < 30 ? 0.5 : 0) + liking(city, item);
        boolean clicked = random.nextDouble() < 1 / (1 + Math.exp(-score));
        return hour + "," + age + "," + CITIES.get(city) + "," + (told ? DEVICES.get(device) : "") + ",item-" + item
                + "," + (clicked ? 1 : 0);
    }

    /** Phones by day, televisions in the evening. */
    private static double habit(int device, int hour) {
        boolean evening = hour >= 18;
        return switch (device) {
            case 0 -> evening ? -0.5 : 0.5;
            case 3 -> evening ? 1 : -1;
            default -> 0;
        };
    }

    private double liking(int city, int item) {
        double dot = 0;
        for (int i = 0; i < TASTES; i++) {
            dot += tastes[city][i] * kinds[item][i];
        }
        return dot;
    }

    /** The first {@code count} rows with a header. */
    public void write(OutputStream out, long count) throws IOException {
        BufferedWriter text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        text.write(HEADER + "\n");
        for (long index = 0; index < count; index++) {
            text.write(row(index) + "\n");
        }
        text.flush();
    }
}
