package dev.lockstep.losses;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The catalogue of losses. A new one joins by a line here and a line in {@code LossContractTest}. */
public final class Losses {
    private static final Map<String, Class<? extends Loss>> BY_NAME = catalogue();

    private Losses() {}

    /** Every loss by the name it has in a job file. */
    public static Map<String, Class<? extends Loss>> byName() {
        return BY_NAME;
    }

    private static Map<String, Class<? extends Loss>> catalogue() {
        Map<String, Class<? extends Loss>> losses = new LinkedHashMap<>();
        losses.put("l1", L1.class);
        losses.put("mse", Mse.class);
        losses.put("smooth_l1", SmoothL1.class);
        losses.put("huber", Huber.class);
        losses.put("cross_entropy", CrossEntropy.class);
        losses.put("nll", Nll.class);
        losses.put("bce", Bce.class);
        losses.put("bce_with_logits", BceWithLogits.class);
        losses.put("poisson_nll", PoissonNll.class);
        losses.put("gaussian_nll", GaussianNll.class);
        losses.put("kl_div", KlDiv.class);
        losses.put("margin_ranking", MarginRanking.class);
        losses.put("multi_label_margin", MultiLabelMargin.class);
        losses.put("soft_margin", SoftMargin.class);
        losses.put("multi_label_soft_margin", MultiLabelSoftMargin.class);
        losses.put("multi_margin", MultiMargin.class);
        losses.put("triplet_margin", TripletMargin.class);
        losses.put("hinge_embedding", HingeEmbedding.class);
        losses.put("cosine_embedding", CosineEmbedding.class);
        losses.put("ctc", Ctc.class);
        return Collections.unmodifiableMap(losses);
    }
}
