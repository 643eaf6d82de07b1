package dev.lockstep.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LossesTest {
    private static final Set<Class<?>> BINDABLE =
            Set.of(double.class, int.class, boolean.class, List.class, ElementWeights.class, Reduction.class);

    @Test
    void everyLossCanBeBoundFromAJobFile() throws ReflectiveOperationException {
        for (Class<? extends Loss> type : Losses.byName().values()) {
            RecordComponent[] components = type.getRecordComponents();
            RecordComponent last = components[components.length - 1];
            Loss defaults = type.getConstructor().newInstance();

            assertEquals("reduction", last.getName(), type.getName());
            assertEquals(Reduction.MEAN, last.getAccessor().invoke(defaults), type.getName());
            for (RecordComponent component : components) {
                assertTrue(BINDABLE.contains(component.getType()), type.getName() + "." + component.getName());
            }
        }
    }

    @Test
    void namesAreThoseOfTheClassesInSnakeCase() {
        Losses.byName()
                .forEach((name, type) -> assertEquals(
                        type.getSimpleName(),
                        Arrays.stream(name.split("_"))
                                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                                .reduce("", String::concat)));
    }

    @Test
    void theDocumentationHasALineAndASectionForEach() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "losses.md"));
        for (String name : Losses.byName().keySet()) {
            assertTrue(page.contains("\n| [`" + name + "`](#" + name + ") | "), name);
            assertTrue(page.contains("\n## " + name + "\n"), name);
            assertTrue(page.matches("(?s).*\nloss: \\{?" + name + "[:\n].*"), name);
        }
    }

    @Test
    void predictionsComeFirst() throws ReflectiveOperationException {
        for (Class<? extends Loss> type : Losses.byName().values()) {
            assertEquals(
                    Loss.Role.PREDICTION,
                    type.getConstructor().newInstance().inputs().get(0));
        }
    }
}
