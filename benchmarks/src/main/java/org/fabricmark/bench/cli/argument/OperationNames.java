package org.fabricmark.bench.cli.argument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fabricmark.collective.ReduceOp;
import picocli.CommandLine.ITypeConverter;

/**
 * Which reductions: a comma list, or {@code all}.
 *
 * @param operations each once, in the order given
 */
public record OperationNames(List<ReduceOp> operations) {
    public OperationNames {
        operations = List.copyOf(operations);
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<OperationNames> {
        @Override
        public OperationNames convert(String text) {
            List<ReduceOp> operations = new ArrayList<>();
            for (String name : Names.split(text)) {
                if (name.equals(Names.ALL)) {
                    return new OperationNames(List.of(ReduceOp.values()));
                }
                operations.add(ReduceOp.named(name)
                        .orElseThrow(() -> Names.unknown("operation", name, known(), "operations")));
            }
            return new OperationNames(operations);
        }

        private static List<String> known() {
            return Arrays.stream(ReduceOp.values()).map(ReduceOp::label).toList();
        }
    }
}
