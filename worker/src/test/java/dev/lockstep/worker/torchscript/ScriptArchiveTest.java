package dev.lockstep.worker.torchscript;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptArchiveTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "y = torch.from_file(name, True, 4)               | from_file",
                "y = ops.aten.from_file(name, True, 4)            | from_file",
                "y = name.from_file(True, 4)                      | from_file",
                "torch.save (x, name)                             | save (",
                "getattr(x, \"save\")(name)                       | \"save\"",
                "getattr(name, \"from_\"  \"file\")(True, 4)      | from_file",
                "getattr(name, \"\\x66rom_file\")(True, 4)        | from_file",
                "getattr(name, \"from\\137file\")(True, 4)        | from_file"
            },
            delimiter = '|')
    void refusesCodeThatReachesForFiles(String code, String found) {
        String said = assertThrows(
                        UntrustedScriptException.class, () -> ScriptArchive.requireHarmless("net/code/a.py", code))
                .getMessage();
        assertEquals(
                "TorchScript has an operator that reads or writes files: found=" + found + ", in=net/code/a.py", said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "y = torch.linear(x, getattr(getattr(self, \"0\"), \"weight\"))",
                "def save(self, x: Tensor) -> Tensor:",
                "y = torch.add(x, self.saved)",
                "y = self.saves_(x)"
            })
    void takesCodeThatComputes(String code) {
        assertDoesNotThrow(() -> ScriptArchive.requireHarmless("net/code/a.py", code));
    }

    @Test
    void refusesAFileThatUnpacksToFarMoreThanAProgram(@TempDir Path folder) throws IOException {
        Path bomb = folder.resolve("bomb.pt");
        try (OutputStream out = Files.newOutputStream(bomb);
                ZipOutputStream archive = new ZipOutputStream(out)) {
            archive.putNextEntry(new ZipEntry("net/code/a.py"));
            byte[] piece = new byte[1 << 20];
            for (int i = 0; i < 65; i++) {
                archive.write(piece);
            }
        }

        assertTrue(Files.size(bomb) < 1 << 20);
        String said = assertThrows(IllegalArgumentException.class, () -> ScriptArchive.requireHarmless(bomb))
                .getMessage();
        assertEquals("TorchScript unpacks to more than a program needs: unpacked=68157440 bytes, limit=67108864", said);
    }
}
