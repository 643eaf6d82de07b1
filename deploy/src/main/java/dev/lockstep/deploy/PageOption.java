package dev.lockstep.deploy;

import dev.lockstep.deploy.page.PageAddress;
import dev.lockstep.deploy.page.PageServer;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code --ui}: a page on which the run can be watched. */
final class PageOption {
    private static final String WITHOUT = "default";

    @Option(
            names = "--ui",
            arity = "0..1",
            paramLabel = "[HOST:]PORT",
            fallbackValue = WITHOUT,
            converter = Address.class,
            preprocessor = NothingButAnAddress.class,
            description =
                    "Show the run on a page, to this machine alone unless a host is named. Default: 7007, if it is free.")
    private PageAddress address;

    /** Takes the address; null where no page is wanted. */
    PageServer bind() {
        return address == null ? null : PageServer.bind(address);
    }

    /** What stands behind {@code --ui}. */
    static final class Address implements ITypeConverter<PageAddress> {
        @Override
        public PageAddress convert(String text) {
            try {
                return text.equals(WITHOUT) ? PageAddress.DEFAULT : PageAddress.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** The job file may come behind {@code --ui}, and is no address. */
    static final class NothingButAnAddress implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            boolean attached = "=".equals(info.get("separator"));
            if (!attached && (arguments.isEmpty() || !PageAddress.isOne(arguments.peek()))) {
                arguments.push(WITHOUT);
            }
            return false;
        }
    }
}
