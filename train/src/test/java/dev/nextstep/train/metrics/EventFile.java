package dev.nextstep.train.metrics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads event files: written from the description of the format, with a checksum of its own, bit by bit. */
final class EventFile {

    /** A message as field numbers and their values: long, Double, Float or byte[]. */
    record Message(Map<Integer, List<Object>> fields) {
        Object one(int field) {
            var values = fields.getOrDefault(field, List.of());
            if (values.size() != 1) {
                throw new AssertionError("field " + field + " occurs " + values.size() + " times");
            }
            return values.getFirst();
        }

        boolean has(int field) {
            return fields.containsKey(field);
        }

        Message message(int field) {
            return parse((byte[]) one(field));
        }

        List<Message> messages(int field) {
            return fields.getOrDefault(field, List.of()).stream()
                    .map(v -> parse((byte[]) v))
                    .toList();
        }

        String text(int field) {
            return new String((byte[]) one(field), StandardCharsets.UTF_8);
        }
    }

    private EventFile() {}

    static List<Message> read(Path file) throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        var events = new ArrayList<Message>();
        while (bytes.hasRemaining()) {
            int start = bytes.position();
            long length = bytes.getLong();
            check(bytes.array(), start, 8, bytes.getInt());
            var data = new byte[Math.toIntExact(length)];
            bytes.get(data);
            check(data, 0, data.length, bytes.getInt());
            events.add(parse(data));
        }
        return events;
    }

    private static void check(byte[] bytes, int from, int length, int masked) {
        int crc = -1;
        for (int i = from; i < from + length; i++) {
            crc ^= bytes[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) != 0 ? 0x82f63b78 : 0); // Castagnoli, reflected
            }
        }
        int unmasked = masked - 0xa282ead8;
        int stored = (unmasked >>> 17) | (unmasked << 15);
        if (stored != ~crc) {
            throw new AssertionError("checksum");
        }
    }

    static Message parse(byte[] data) {
        var in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        var fields = new LinkedHashMap<Integer, List<Object>>();
        while (in.hasRemaining()) {
            long tag = varint(in);
            Object value = switch ((int) (tag & 7)) {
                case 0 -> varint(in);
                case 1 -> in.getDouble();
                case 5 -> in.getFloat();
                case 2 -> {
                    var bytes = new byte[Math.toIntExact(varint(in))];
                    in.get(bytes);
                    yield bytes;
                }
                default -> throw new AssertionError("wire type " + (tag & 7));
            };
            fields.computeIfAbsent((int) (tag >>> 3), f -> new ArrayList<>()).add(value);
        }
        return new Message(fields);
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
