package dev.lockstep.driver.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.yaml.Animal.Cat;
import dev.lockstep.driver.yaml.Animal.Dog;
import dev.lockstep.driver.yaml.Animal.Herd;
import dev.lockstep.driver.yaml.Animal.Size;
import dev.lockstep.driver.yaml.Animal.Snail;
import dev.lockstep.driver.yaml.Animal.Temper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinderTest {
    private static final Binder BINDER = Binder.plain().with(Animal.catalogue());

    private static Animal animal(String yaml) {
        return BINDER.bind(Value.root(YamlTree.ofFile("zoo.yaml", yaml)), Animal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dog", "dog:", "dog: {}", "{dog: ~}", "{dog: null}", "'dog'"})
    void aBareNameTakesAllDefaults(String yaml) {
        assertEquals(new Dog(), animal(yaml));
    }

    @Test
    void aSectionSetsComponentsByTheirNamesInSnakeCase() {
        assertEquals(
                new Dog(3.5, new Size(1, 2), Temper.VERY_WILD, false, 7, List.of("Rex", "007")),
                animal("dog: {weight_kg: 3.5, size: {height: 1, length: 2}, temper: very_wild, male: no, chip: 7,"
                        + " names: [Rex, 007]}"));
    }

    @Test
    void oneValueIsTheFirstComponent() {
        assertEquals(new Cat(9), animal("cat: 9"));
        assertEquals(new Dog(20, new Size(50, 80), Temper.CALM, true, null, List.of()), animal("dog: 20"));
        assertEquals(new Herd(List.of(new Snail(), new Cat(2))), animal("herd: [snail, cat: 2]"));
    }

    @Test
    void aNestedRecordTakesOneValueAListOrNames() {
        assertEquals(new Size(4, 4), ((Dog) animal("dog: {size: 4}")).size());
        assertEquals(new Size(4, 5), ((Dog) animal("dog: {size: [4, 5]}")).size());
        assertEquals(new Size(4, 5), ((Dog) animal("dog: {size: {length: 5, height: 4}}")).size());
    }

    @Test
    void membersNestInMembers() {
        assertEquals(
                new Herd(
                        List.of(new Herd(List.of(new Snail())), new Dog()),
                        new Cat(1, 2, 0.5f),
                        Map.of("legs", 4, "ears", 2)),
                animal(
                        """
                        herd:
                          members:
                            - herd: {members: [snail]}
                            - dog
                          leader: {cat: {lives: 1, fleas: 2, purr: 0.5}}
                          counts: {legs: 4, ears: 2}
                        """));
    }

    @Test
    void oneItemNeedsNoList() {
        assertEquals(List.of("Rex"), ((Dog) animal("dog: {names: Rex}")).names());
    }

    @Test
    void anEmptyValueIsNullWhereTheSettingMayBeAbsent() {
        assertEquals(null, ((Dog) animal("dog: {chip: null}")).chip());
        assertEquals(null, ((Herd) animal("herd: {members: dog, leader: ~}")).leader());
    }

    @ParameterizedTest
    @CsvSource({
        "1e-4, 1e-4",
        "1E3, 1000",
        "5, 5",
        "+.5, 0.5",
        "1_000.5, 1000.5",
        ".inf, Infinity",
        "inf, Infinity",
        "'\"2\"', 2"
    })
    void numbersAreReadAsPeopleWriteThem(String written, double expected) {
        assertEquals(expected, ((Dog) animal("dog: " + written)).weightKg());
    }

    @ParameterizedTest
    @CsvSource({"0x10, 16", "1_000, 1000", "-3, -3", "+4, 4", "2147483647, 2147483647"})
    void wholeNumbersAreReadAsPeopleWriteThem(String written, int expected) {
        assertEquals(expected, ((Cat) animal("cat: " + written)).lives());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dgo                                  | zoo.yaml:1: The file is not a known animal: content=dgo. Did you mean dog?",
                "elephant: 3                          | zoo.yaml:1: elephant is not a known animal: elephant=3. Known: dog, cat, herd, snail",
                "{dog: 1, cat: 2}                     | zoo.yaml:1: The file must be the name of one animal, alone or with its settings: content={dog: 1, cat: 2}",
                "cat                                  | zoo.yaml:1: lives is missing",
                "cat: {}                              | zoo.yaml:1: cat.lives is missing",
                "cat: [1, 2]                          | zoo.yaml:1: cat must be one value: cat=[1, 2]",
                "cat: 3.0                             | zoo.yaml:1: cat must be a whole number: cat=3.0",
                "cat: 1e3                             | zoo.yaml:1: cat must be a whole number: cat=1e3",
                "cat: 010                             | zoo.yaml:1: cat must be a whole number: cat=010",
                "cat: 2147483648                      | zoo.yaml:1: cat must be a whole number between -2147483648 and 2147483647: cat=2147483648",
                "cat: {lives: 1, flees: 2}            | zoo.yaml:1: cat.flees is not a known key: flees=2. Did you mean fleas?",
                "cat: {lives: 1, purr: 1e39}          | zoo.yaml:1: cat.purr must be a number between -3.4028234663852886E38 and 3.4028234663852886E38: purr=1e39",
                "cat: {lives: ~}                      | zoo.yaml:1: cat.lives must not be empty: lives=null",
                "dog: -1                              | zoo.yaml:1: dog must be above 0: weight_kg=-1.0",
                "dog: {weight_kg: -1}                 | zoo.yaml:1: dog.weight_kg must be above 0: weight_kg=-1.0",
                "dog: 1e400                           | zoo.yaml:1: dog must be a number between -1.7976931348623157E308 and 1.7976931348623157E308: dog=1e400",
                "dog: .nan                            | zoo.yaml:1: dog must be a number: dog=.nan",
                "dog: 1d                              | zoo.yaml:1: dog must be a number: dog=1d",
                "dog: {male: maybe}                   | zoo.yaml:1: dog.male must be true or false: male=maybe",
                "dog: {temper: wild}                  | zoo.yaml:1: dog.temper must be one of calm, very_wild: temper=wild",
                "dog: {size: [1, 2, 3]}               | zoo.yaml:1: dog.size must have at most 2 items: size=[1, 2, 3]",
                "dog: {size: [1]}                     | zoo.yaml:1: dog.size.length is missing",
                "dog: {names: ~}                      | zoo.yaml:1: dog.names must not be empty: names=null",
                "dog: {names: [a, ~]}                 | zoo.yaml:1: dog.names[1] must not be empty: names[1]=null",
                "snail: 3                             | zoo.yaml:1: snail takes no settings: snail=3",
                "herd: []                             | zoo.yaml:1: herd: A herd needs members",
                "herd: [snail, {cat: many}]           | zoo.yaml:1: herd[1].cat must be a whole number: cat=many",
                "herd: {members: dog, counts: 3}      | zoo.yaml:1: herd.counts must be a section of keys and values: counts=3",
            })
    void aMistakeIsToldWithItsPlace(String yaml, String message) {
        JobFileException thrown = assertThrows(JobFileException.class, () -> animal(yaml));
        assertEquals(message, thrown.getMessage());
    }

    @Test
    void allMistakesOfASectionAreToldAtOnce() {
        JobFileException thrown =
                assertThrows(JobFileException.class, () -> animal("cat:\n  lives: many\n  fleas: 1\n  purr: loud\n"));
        assertEquals(
                "zoo.yaml:2: cat.lives must be a whole number: lives=many\n"
                        + "zoo.yaml:4: cat.purr must be a number: purr=loud",
                thrown.getMessage());
    }

    @Test
    void changeKeepsWhatIsNotGiven() {
        Section changes = Value.root(YamlTree.ofFile("zoo.yaml", "fleas: 3")).section();
        assertEquals(new Cat(9, 3, 0), BINDER.change((Animal) new Cat(9), changes));
    }
}
