package org.fabricmark.bench.cli.argument;

import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;

/**
 * Message sizes, one by one: {@code 8,1000,100K}.
 *
 * @param sizes in the order given
 */
public record SizeList(List<ByteSize> sizes) {
    public SizeList {
        sizes = List.copyOf(sizes);
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<SizeList> {
        @Override
        public SizeList convert(String text) {
            return new SizeList(Arrays.stream(text.split(",", -1)).map(ByteSize::parse).toList());
        }
    }
}
