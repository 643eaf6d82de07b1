package dev.lockstep.params.init;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianTest {
    /** Values of scipy.stats.norm.cdf. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "1, 0.8413447460685429",
        "-1, 0.15865525393145707",
        "-2.5, 0.006209665325776132",
        "-5, 2.866515718791933e-07",
        "-10, 7.61985302416047e-24",
        "-37, 5.725571222524672e-300",
        "6, 0.9999999990134123"
    })
    void shareIsThePublishedOne(double x, double share) {
        assertEquals(share, Gaussian.share(x), 1e-13 * share);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-100, 1e-20, 1e-9, 0.001, 0.02, 0.0749, 0.0751, 0.3, 0.5, 0.7, 0.95, 0.9999})
    void shareUndoesQuantile(double p) {
        assertEquals(p, Gaussian.share(Gaussian.quantile(p)), 1e-12 * p);
    }

    @ParameterizedTest
    @CsvSource({"NEGATIVE_INFINITY, 0", "POSITIVE_INFINITY, 1"})
    void shareIsDefinedAtTheEnds(String end, double share) {
        assertEquals(share, Gaussian.share(end.startsWith("N") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY));
    }
}
