package dev.nextstep.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

/** A server that speaks S3 in this process, over a folder, with one bucket. It checks signatures. */
public final class S3Server implements AutoCloseable {
    /** The bucket that is there. */
    public static final String BUCKET = "pictures";

    /** The key that it knows. */
    public static final S3Address.Keys KEYS = new S3Address.Keys("gallery", "only-for-tests");

    private final URI address;
    private final BlobStoreContext content;
    private S3Proxy proxy;

    private S3Server(URI address, BlobStoreContext content) {
        this.address = address;
        this.content = content;
        this.proxy = proxy();
    }

    /** Starts one over that folder. */
    public static S3Server start(Path folder) {
        var properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", folder.toString());
        var content = ContextBuilder.newBuilder(new FilesystemNio2BlobApiMetadata())
                .credentials("nobody", "nothing")
                .overrides(properties)
                .build(BlobStoreContext.class);
        content.getBlobStore().createContainerInLocation(null, BUCKET);
        var server = new S3Server(URI.create("http://127.0.0.1:" + freePort()), content);
        server.goOn();
        return server;
    }

    // Its own, and always the same, so that it can come back.
    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private S3Proxy proxy() {
        var made = S3Proxy.builder()
                .endpoint(address)
                .awsAuthentication(AuthenticationType.AWS_V4, KEYS.access(), KEYS.secret())
                .build();
        made.setBlobStoreLocator((id, bucket, name) ->
                id.equals(KEYS.access()) ? Map.entry(KEYS.secret(), content.getBlobStore()) : null);
        return made;
    }

    /** Where it answers. */
    public URI address() {
        return address;
    }

    /** The bucket, asked for with those keys. */
    public S3Address bucket(String bucket, String prefix, S3Address.Keys keys) {
        return new S3Address(bucket, prefix, "us-east-1", Optional.of(address), true, Optional.of(keys));
    }

    /** Ends it; its content stays. */
    public void stop() {
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts it again at the same address. */
    public void goOn() {
        proxy = proxy();
        try {
            proxy.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
        content.close();
    }
}
