package dev.nextstep.server.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.management.ManagementFactory;

/** The process and its JVM, under the names that Prometheus' own clients give them. */
final class ProcessMetrics {
    private ProcessMetrics() {}

    static void register(PrometheusRegistry registry) {
        var memory = ManagementFactory.getMemoryMXBean();
        GaugeWithCallback.builder()
                .name("jvm_memory_used_bytes")
                .help("Memory of the JVM that is used.")
                .labelNames("area")
                .callback(gauge -> {
                    gauge.call((double) memory.getHeapMemoryUsage().getUsed(), "heap");
                    gauge.call((double) memory.getNonHeapMemoryUsage().getUsed(), "nonheap");
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("jvm_memory_max_bytes")
                .help("Memory that the heap may grow to.")
                .labelNames("area")
                .callback(
                        gauge -> gauge.call((double) memory.getHeapMemoryUsage().getMax(), "heap"))
                .register(registry);
        GaugeWithCallback.builder()
                .name("jvm_threads_current")
                .help("Threads, without virtual ones.")
                .callback(
                        gauge -> gauge.call(ManagementFactory.getThreadMXBean().getThreadCount()))
                .register(registry);
        CounterWithCallback.builder()
                .name("jvm_gc_seconds")
                .help("Time that was spent collecting garbage.")
                .callback(counter -> counter.call(ManagementFactory.getGarbageCollectorMXBeans().stream()
                                .mapToLong(collector -> Math.max(0, collector.getCollectionTime()))
                                .sum()
                        / 1e3))
                .register(registry);
        GaugeWithCallback.builder()
                .name("process_start_time_seconds")
                .help("When the process began, in seconds since 1970.")
                .callback(
                        gauge -> gauge.call(ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3))
                .register(registry);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            registerUnix(registry, system);
        }
    }

    private static void registerUnix(PrometheusRegistry registry, UnixOperatingSystemMXBean system) {
        CounterWithCallback.builder()
                .name("process_cpu_seconds")
                .help("Time of processors that was used.")
                .callback(counter -> counter.call(system.getProcessCpuTime() / 1e9))
                .register(registry);
        GaugeWithCallback.builder()
                .name("process_open_fds")
                .help("Files and connections that are open.")
                .callback(gauge -> gauge.call((double) system.getOpenFileDescriptorCount()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("process_max_fds")
                .help("Files and connections that may be open.")
                .callback(gauge -> gauge.call((double) system.getMaxFileDescriptorCount()))
                .register(registry);
    }
}
