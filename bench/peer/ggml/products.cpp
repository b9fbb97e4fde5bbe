// Matrix products of ggml beside ours, for bench/run products --peer; see ../README.md.
//
// Answers lines "THREADS TYPE ROWS OUTPUTS INPUTS COUNT LAYOUT" with the seconds of one product: TYPE is f32, f16, bf16, q8_0, q4_0 or
// q4_K; LAYOUT is plain (blocks as a GGUF file has them) or repacked (ggml reorders them when a model is loaded, where it
// can; "none" is answered where it cannot). Written against ggml's public headers.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "ggml-alloc.h"
#include "ggml-backend.h"
#include "ggml-cpu.h"
#include "ggml.h"

namespace {

ggml_type type_of(const std::string &name) {
    for (int i = 0; i < GGML_TYPE_COUNT; i++) {
        const char *known = ggml_type_name(static_cast<ggml_type>(i));
        if (known != nullptr && name == known) {
            return static_cast<ggml_type>(i);
        }
    }
    std::fprintf(stderr, "no type %s\n", name.c_str());
    std::exit(2);
}

// The buffer type in which ggml keeps reordered weights of this type, or null.
ggml_backend_buffer_type_t repacking(ggml_backend_dev_t device, ggml_tensor *product) {
    auto *registry = ggml_backend_dev_backend_reg(device);
    auto extra = reinterpret_cast<ggml_backend_dev_get_extra_bufts_t>(
        ggml_backend_reg_get_proc_address(registry, "ggml_backend_dev_get_extra_bufts"));
    if (extra == nullptr) {
        return nullptr;
    }
    for (auto *type = extra(device); type != nullptr && *type != nullptr; type++) {
        // A device says for a product whether it can have its weights there; that needs a buffer behind them.
        auto *buffer = ggml_backend_buft_alloc_buffer(*type, 0);
        product->src[0]->buffer = buffer;
        bool can = ggml_backend_dev_supports_op(device, product);
        product->src[0]->buffer = nullptr;
        ggml_backend_buffer_free(buffer);
        if (can) {
            return *type;
        }
    }
    return nullptr;
}

struct Product {
    ggml_context *context = nullptr;
    ggml_backend_buffer_t weights = nullptr;
    ggml_backend_buffer_t others = nullptr;
    ggml_cgraph *graph = nullptr;
    bool there = false;

    Product(ggml_backend_t backend, ggml_type type, int64_t rows, int64_t outputs, int64_t inputs, bool repacked) {
        context = ggml_init({ggml_tensor_overhead() * 8 + ggml_graph_overhead(), nullptr, true});
        auto *w = ggml_new_tensor_2d(context, type, inputs, outputs);
        auto *x = ggml_new_tensor_2d(context, GGML_TYPE_F32, inputs, rows);
        auto *y = ggml_mul_mat(context, w, x);
        graph = ggml_new_graph(context);
        ggml_build_forward_expand(graph, y);
        auto *device = ggml_backend_get_device(backend);
        auto *plain = ggml_backend_get_default_buffer_type(backend);
        auto *place = repacked ? repacking(device, y) : plain;
        if (place == nullptr) {
            return;
        }
        weights = ggml_backend_buft_alloc_buffer(place, ggml_backend_buft_get_alloc_size(place, w));
        ggml_backend_buffer_set_usage(weights, GGML_BACKEND_BUFFER_USAGE_WEIGHTS);
        ggml_backend_tensor_alloc(weights, w, ggml_backend_buffer_get_base(weights));
        others = ggml_backend_alloc_ctx_tensors(context, backend);
        std::mt19937 random(1);
        std::uniform_real_distribution<float> values(-1, 1);
        std::vector<float> row(inputs);
        std::vector<uint8_t> bytes(ggml_row_size(type, inputs) * outputs);
        for (int64_t o = 0; o < outputs; o++) {
            if (o < 16) { // enough different rows
                for (auto &v : row) {
                    v = values(random);
                }
                ggml_quantize_chunk(type, row.data(), bytes.data() + o * ggml_row_size(type, inputs), 0, 1, inputs, nullptr);
            } else {
                std::memcpy(bytes.data() + o * ggml_row_size(type, inputs),
                            bytes.data() + (o % 16) * ggml_row_size(type, inputs), ggml_row_size(type, inputs));
            }
        }
        ggml_backend_tensor_set(w, bytes.data(), 0, bytes.size());
        std::vector<float> in(inputs * rows);
        for (auto &v : in) {
            v = values(random);
        }
        ggml_backend_tensor_set(x, in.data(), 0, in.size() * sizeof(float));
        there = true;
    }

    ~Product() {
        ggml_backend_buffer_free(weights);
        ggml_backend_buffer_free(others);
        ggml_free(context);
    }
};

} // namespace

int main() {
    auto *backend = ggml_backend_cpu_init();
    std::string key;
    std::unique_ptr<Product> product;
    std::printf("ggml %s %s\n", ggml_version(), ggml_commit());
    std::fflush(stdout);
    int threads;
    char type[16];
    long rows, outputs, inputs;
    int count;
    char layout[16];
    while (std::scanf("%d %15s %ld %ld %ld %d %15s", &threads, type, &rows, &outputs, &inputs, &count, layout) == 7) {
        ggml_backend_cpu_set_n_threads(backend, threads);
        std::string wanted = std::string(type) + " " + std::to_string(rows) + " " + std::to_string(outputs) + " " +
                             std::to_string(inputs) + " " + layout;
        if (wanted != key) {
            product.reset();
            product = std::make_unique<Product>(backend, type_of(type), rows, outputs, inputs, !std::strcmp(layout, "repacked"));
            key = wanted;
        }
        if (!product->there) {
            std::printf("none\n");
            std::fflush(stdout);
            continue;
        }
        ggml_backend_graph_compute(backend, product->graph); // warm
        auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < count; i++) {
            ggml_backend_graph_compute(backend, product->graph);
        }
        std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        std::printf("%.9f\n", taken.count() / count);
        std::fflush(stdout);
    }
    ggml_backend_free(backend);
    return 0;
}
