package dev.lockstep.worker.layer;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * What layers make of several parties side by side.
 *
 * @param path of the layers, within the network
 * @param input extents of one example of the parties together
 */
record Layered(String name, List<Party> parties, List<Layer> layers, List<String> path, List<Integer> input, Unit unit)
        implements Party {
    @Override
    public List<Integer> shape() {
        return unit.output();
    }

    @Override
    public Tensor of(Columns columns, Pass pass) {
        return unit.forward().forward(joined(parties, columns, pass), pass);
    }

    @Override
    public String script(Columns.Script columns, ScriptScope script) {
        ScriptScope own = script;
        for (String step : path) {
            own = own.within(step);
        }
        return Stack.torchScript(layers, input, joined(parties, columns, script), own);
    }

    static Tensor joined(List<Party> parties, Columns columns, Pass pass) {
        if (parties.size() == 1) {
            return parties.get(0).of(columns, pass);
        }
        TensorVector results = new TensorVector();
        parties.forEach(party -> results.push_back(party.of(columns, pass)));
        return torch.cat(results, 1);
    }

    static String joined(List<Party> parties, Columns.Script columns, ScriptScope script) {
        List<String> results =
                parties.stream().map(party -> party.script(columns, script)).toList();
        return results.size() == 1 ? results.get(0) : script.call("cat", results, 1);
    }
}
