package dev.lockstep.driver.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.yaml.Catalogue;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Losses;
import dev.lockstep.losses.Mse;
import dev.lockstep.params.init.Constant;
import dev.lockstep.params.init.Initializer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExtensionsTest {
    private static final List<Catalogue<?>> OURS = List.of(
            new Catalogue<>(Loss.class, "loss", Losses.byName()),
            new Catalogue<>(Initializer.class, "initializer", Map.of("ones", Constant.class)));

    /** Of no family. */
    public record Stranger() {}

    private static Extensions with(String name, Class<? extends Record> member) {
        Extension extension = () -> Map.of(name, member);
        return Extensions.joined(OURS, List.of(extension));
    }

    @Test
    void addsAMemberToItsFamilyAlone() {
        Extensions joined = with("squared", Mse.class);

        joined.requireSound();
        assertEquals(Mse.class, joined.families().get(0).members().get("squared"));
        assertEquals(OURS.get(1), joined.families().get(1));
    }

    @Test
    void namesMayBeTheSameInTwoFamilies() {
        Extensions joined = with("mse", Constant.class);

        joined.requireSound();
        assertEquals(Constant.class, joined.families().get(1).members().get("mse"));
    }

    @Test
    void refusesANameThatIsTakenAndWhatNoFamilyHas() {
        assertRefused("Extension adds a name that is taken: extension=", with("mse", Mse.class));
        assertRefused("Extension adds a class of no family that a job file knows: ", with("x", Stranger.class));
    }

    private static void assertRefused(String message, Extensions joined) {
        String said = assertThrows(JobFileException.class, joined::requireSound).getMessage();
        assertTrue(said.startsWith(message), said);
        assertEquals(OURS, joined.families());
    }
}
