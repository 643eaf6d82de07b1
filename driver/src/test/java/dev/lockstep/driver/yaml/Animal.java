package dev.lockstep.driver.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A family of settings with every form that a component can have. */
interface Animal {
    static Catalogue<Animal> catalogue() {
        Map<String, Class<? extends Animal>> members = new LinkedHashMap<>();
        members.put("dog", Dog.class);
        members.put("cat", Cat.class);
        members.put("herd", Herd.class);
        members.put("snail", Snail.class);
        return new Catalogue<>(Animal.class, "animal", members);
    }

    /** How a dog is. */
    enum Temper {
        CALM,
        VERY_WILD
    }

    /** One number means both. */
    record Size(int height, int length) {
        public Size(int both) {
            this(both, both);
        }
    }

    /** Everything has a default. */
    record Dog(double weightKg, Size size, Temper temper, boolean male, Integer chip, List<String> names)
            implements Animal {
        public Dog {
            if (!(weightKg > 0)) {
                throw new IllegalArgumentException("weightKg must be above 0: weightKg=" + weightKg);
            }
            names = List.copyOf(names);
        }

        public Dog() {
            this(10, new Size(50, 80), Temper.CALM, true, null, List.of());
        }
    }

    /** Lives are required. */
    record Cat(int lives, long fleas, float purr) implements Animal {
        public Cat(int lives) {
            this(lives, 0, 0);
        }
    }

    /** Nested members. */
    record Herd(List<Animal> members, Animal leader, Map<String, Integer> counts) implements Animal {
        public Herd {
            if (members.isEmpty()) {
                throw new IllegalArgumentException("A herd needs members");
            }
        }

        public Herd(List<Animal> members) {
            this(members, null, Map.of());
        }
    }

    /** No settings. */
    record Snail() implements Animal {}
}
