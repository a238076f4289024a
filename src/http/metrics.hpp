#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::http {

/// Counters in the text form of Prometheus. Labels are route patterns and status classes: a closed list.
class Metrics {
public:
    void answered(std::string_view route, int status, double seconds);
    /// A value asked for when somebody reads: name, help and the value now.
    void add_gauge(std::string name, std::string help, std::function<double()> value);
    [[nodiscard]] std::string exposition() const;

private:
    static constexpr std::array<double, 9> edges { 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.25, 1, 10 };
    struct Counts {
        std::array<std::uint64_t, edges.size()> within {};
        std::array<std::uint64_t, 6> by_class {};
        std::uint64_t total = 0;
        double seconds = 0;
    };
    struct Gauge {
        std::string name;
        std::string help;
        std::function<double()> value;
    };

    mutable std::mutex m_mutex;                 ///< guards the members below
    std::map<std::string, Counts, std::less<>> m_routes;
    std::vector<Gauge> m_gauges;
};

}
