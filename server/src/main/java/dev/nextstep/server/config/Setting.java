package dev.nextstep.server.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can be set. A setting has one name: {@code --queue-limit} on the command line, {@code queue-limit} in the
 * file, {@code NEXTSTEP_SERVE_QUEUE_LIMIT} in the environment. The help and the documentation are made from here.
 */
public enum Setting {
    /** Where to listen. */
    ADDRESS("HOST", "127.0.0.1", "Address to listen on."),
    /** TCP port. */
    PORT("N", "8080", "Port to listen on; 0 for any that is free."),
    /** Whether keys are asked for. */
    KEYS(
            "NAME",
            "auto",
            "API keys: required; off, which only works where no other machine can connect; auto, off there and required elsewhere."),
    /** Certificates. */
    TLS_CERTIFICATE(
            "FILE",
            "",
            "Certificates of the server in PEM, its own first: HTTPS instead of HTTP; read again when they change."),
    /** Private key. */
    TLS_KEY("FILE", "", "Private key of the certificate in PEM."),
    /** Pages of others. */
    ALLOWED_ORIGINS(
            "LIST",
            "",
            "Pages of other servers that browsers may send requests from, such as https://example.org, separated by commas."),
    /** What is not drawn. */
    WORD_LIST("FILE", "", "A text file of words, one in each line; prompts that have one of them are refused."),
    /** Which model. */
    MODEL(
            "MODEL",
            "",
            "A model directory, or org/model[@revision] as fetched by 'nextstep pull'; the emoji model if not given."),
    /** Threads that compute. */
    THREADS("N", "", "Threads to compute on; all processors if not given."),
    /** Type of keys and values. */
    KV_CACHE("NAME", "fp32", "How keys and values are kept in memory: fp32, bf16 or q8."),
    /** Folder of the server. */
    DATA(
            "DIR",
            "",
            "Folder of pictures and of the embedded database; if not given, nextstep4j/server in the user's data."),
    /** Workflows of the server. */
    WORKFLOWS("DIR", "", "Folder of your own workflows; if not given, workflows in the data folder."),
    /** Presets of the server. */
    PRESETS(
            "FILE",
            "",
            "A nextstep.yaml whose quality_presets are offered beside the built-in ones; nothing else of it counts."),
    /** JDBC URL. */
    DATABASE(
            "URL",
            "",
            "jdbc:postgresql://HOST/NAME to share the queue among several servers; embedded in the data folder if not given."),
    /** User of the database. */
    DATABASE_USER("NAME", "", "User of the database."),
    /** Password of the database. */
    DATABASE_PASSWORD(
            "TEXT", "", "Password of the database; better given by the environment than by the command line."),
    /** Store of pictures. */
    PICTURES(
            "URL",
            "",
            "s3://BUCKET/PREFIX to keep pictures in a store that speaks S3; in the data folder if not given."),
    /** Address of that store. */
    S3_ENDPOINT("URL", "", "Address of the store, such as https://s3.example.org; Amazon's if not given."),
    /** Region of that store. */
    S3_REGION("NAME", "us-east-1", "Region of the store."),
    /** Form of addresses. */
    S3_PATH_STYLE(
            "NAME",
            "auto",
            "Whether the bucket stands in the path of addresses: yes, no, or auto: if there is an s3-endpoint."),
    /** Who asks the store. */
    S3_ACCESS_KEY("TEXT", "", "Access key of the store; AWS_ACCESS_KEY_ID of the environment if not given."),
    /** Proof of that. */
    S3_SECRET_KEY("TEXT", "", "Secret key of the store; AWS_SECRET_ACCESS_KEY of the environment if not given."),
    /** Pictures in the engine. */
    PICTURES_AT_ONCE("N", "32", "Pictures that are drawn at the same time; others wait in the queue."),
    /** Pictures that may wait. */
    QUEUE_LIMIT("N", "1000", "Pictures that may wait; what is beyond is refused with 429."),
    /** Pictures of one key that may wait. */
    QUEUE_LIMIT_PER_KEY("N", "500", "Pictures of one API key that may wait."),
    /** Pictures of one request. */
    MAX_PICTURES("N", "10", "Pictures of one request (n); a job may have as many for each of its prompts."),
    /** Prompts of one job. */
    MAX_PROMPTS("N", "100", "Prompts of one job."),
    /** Size of a picture. */
    MAX_PIXELS("N", "1048576", "Pixels of a picture that is drawn (width x height)."),
    /** Size of a request. */
    MAX_UPLOAD("SIZE", "32MB", "Size of a request with all its files."),
    /** Size of a source picture. */
    MAX_SOURCE_PIXELS("N", "16000000", "Pixels of a picture that is sent in, before anything of it is unpacked."),
    /** Source pictures of one request. */
    MAX_SOURCES("N", "4", "Pictures that one request may send in."),
    /** How long results are kept. */
    RETENTION("TIME", "7d", "How long finished jobs and their pictures are kept."),
    /** How long a request may wait. */
    WAIT_LIMIT("TIME", "10m", "How long a request of the images API may take, waiting included."),
    /** How long a silent server is believed to live. */
    LEASE("TIME", "15s", "How long a server may be silent before others on the same database draw its pictures again."),
    /** How often a picture is begun. */
    MAX_ATTEMPTS("N", "10", "How often a picture is begun again after a server died while drawing it."),
    /** How long a stop may take. */
    DRAIN("TIME", "30s", "How long pictures that are being drawn may take to finish when the server is stopped."),
    /** Room that is left on the disk. */
    MIN_FREE_DISK("SIZE", "256MB", "Free room on the disk below which nothing new is accepted."),
    /** Form of the logs. */
    LOG_FORMAT("NAME", "text", "Form of the log: text, or json with one object for each line.");

    /** What stands in front of the names in the environment. */
    public static final String ENVIRONMENT_PREFIX = "NEXTSTEP_SERVE_";

    private final String placeholder;
    private final String defaultText;
    private final String description;

    Setting(String placeholder, String defaultText, String description) {
        this.placeholder = placeholder;
        this.defaultText = defaultText;
        this.description = description;
    }

    /** The name in a file, such as {@code queue-limit}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name on the command line, such as {@code --queue-limit}. */
    public String option() {
        return "--" + key();
    }

    /** The name in the environment, such as {@code NEXTSTEP_SERVE_QUEUE_LIMIT}. */
    public String variable() {
        return ENVIRONMENT_PREFIX + name();
    }

    /** What stands for the value in the help. */
    public String placeholder() {
        return placeholder;
    }

    /** The value if nothing is set; empty if the description says what happens then. */
    public String defaultText() {
        return defaultText;
    }

    /** One sentence. */
    public String description() {
        return description;
    }

    /** The setting of that name in a file. */
    public static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values()).filter(s -> s.key().equals(key)).findFirst();
    }

    /** The setting of that name in the environment. */
    public static Optional<Setting> ofVariable(String variable) {
        return Arrays.stream(values())
                .filter(s -> s.variable().equals(variable))
                .findFirst();
    }
}
