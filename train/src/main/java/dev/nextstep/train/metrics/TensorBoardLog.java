package dev.nextstep.train.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * An event file for TensorBoard: scalars named {@code train/loss}, {@code validation/loss/edit}, …, and drawn samples. Each
 * sitting of a run has a file of its own, which begins with the step at which it goes on, so that TensorBoard drops
 * later ones of a sitting that was killed.
 *
 * <p>The file is a sequence of records: length (8 bytes), masked CRC-32C of those 8 bytes, data, masked CRC-32C of the
 * data, all little-endian. The data are Event messages of protocol buffers, whose field numbers stand below.
 */
public final class TensorBoardLog implements MetricSink {
    private static final int CRC_MASK_DELTA = 0xa282ead8;

    private static final int EVENT_WALL_TIME = 1;
    private static final int EVENT_STEP = 2;
    private static final int EVENT_FILE_VERSION = 3;
    private static final int EVENT_SUMMARY = 5;
    private static final int EVENT_SESSION_LOG = 7;
    private static final int SESSION_STATUS = 1;
    private static final int SESSION_START = 1;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE = 2;
    private static final int VALUE_IMAGE = 4;
    private static final int IMAGE_HEIGHT = 1;
    private static final int IMAGE_WIDTH = 2;
    private static final int IMAGE_COLORSPACE = 3;
    private static final int IMAGE_ENCODED = 4;
    private static final int RGB = 3;

    private final FileChannel channel;

    private TensorBoardLog(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Starts a file.
     *
     * @param folder made if it is not there
     * @param step at which the run goes on; 0 for a new one
     * @throws UncheckedIOException if it cannot be written
     */
    public static TensorBoardLog open(Path folder, long step) {
        try {
            Files.createDirectories(folder);
            var now = Instant.now();
            // TensorBoard reads files in the order of their names.
            var name = String.format(
                    Locale.ROOT,
                    "events.out.tfevents.%010d%03d.%s.%d",
                    now.getEpochSecond(),
                    now.getNano() / 1_000_000,
                    host(),
                    ProcessHandle.current().pid());
            var channel =
                    FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            var log = new TensorBoardLog(channel);
            log.write(event(now).text(EVENT_FILE_VERSION, "brain.Event:2"));
            log.write(event(now)
                    // What TensorBoard drops is this step and all after it.
                    .number(EVENT_STEP, step == 0 ? 0 : step + 1)
                    .message(EVENT_SESSION_LOG, new ProtoMessage().number(SESSION_STATUS, SESSION_START)));
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9-]", "_");
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }

    private static ProtoMessage event(Instant time) {
        return new ProtoMessage().fixedDouble(EVENT_WALL_TIME, time.getEpochSecond() + time.getNano() * 1e-9);
    }

    @Override
    public void record(Measurement measurement) {
        var summary = new ProtoMessage();
        var prefix = measurement.phase().name().toLowerCase(Locale.ROOT) + "/";
        measurement
                .values()
                .forEach((name, value) -> summary.message(
                        SUMMARY_VALUE,
                        new ProtoMessage()
                                .text(VALUE_TAG, prefix + name)
                                .fixedFloat(VALUE_SIMPLE, value.floatValue())));
        write(event(measurement.time()).number(EVENT_STEP, measurement.step()).message(EVENT_SUMMARY, summary));
    }

    @Override
    public void picture(long step, String tag, SamplePicture picture) {
        var image = new ProtoMessage()
                .number(IMAGE_HEIGHT, picture.height())
                .number(IMAGE_WIDTH, picture.width())
                .number(IMAGE_COLORSPACE, RGB)
                .bytes(IMAGE_ENCODED, picture.png());
        var value = new ProtoMessage().text(VALUE_TAG, tag).message(VALUE_IMAGE, image);
        write(event(Instant.now())
                .number(EVENT_STEP, step)
                .message(EVENT_SUMMARY, new ProtoMessage().message(SUMMARY_VALUE, value)));
    }

    @Override
    public void progress(RunStatus status) {}

    private void write(ProtoMessage event) {
        var data = event.toBytes();
        var record = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + data.length + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(maskedCrc(record.array(), 0, Long.BYTES));
        record.put(data);
        record.putInt(maskedCrc(data, 0, data.length));
        try {
            record.flip();
            while (record.hasRemaining()) {
                channel.write(record);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int maskedCrc(byte[] bytes, int from, int length) {
        var crc = new CRC32C();
        crc.update(bytes, from, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK_DELTA;
    }

    @Override
    public void close() {
        try {
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
