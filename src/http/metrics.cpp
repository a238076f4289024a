#include "http/metrics.hpp"
#include <fmt/format.h>

namespace kpuhub::http {

void Metrics::answered(std::string_view route, int status, double seconds)
{
    std::lock_guard lock { m_mutex };
    auto found = m_routes.find(route);
    if (found == m_routes.end())
        found = m_routes.emplace(route, Counts {}).first;
    auto& counts = found->second;
    for (std::size_t at = 0; at < edges.size(); ++at)
        counts.within[at] += seconds <= edges[at] ? 1 : 0;
    ++counts.by_class.at(static_cast<std::size_t>(status / 100) % counts.by_class.size());
    ++counts.total;
    counts.seconds += seconds;
}

void Metrics::add_gauge(std::string name, std::string help, std::function<double()> value)
{
    std::lock_guard lock { m_mutex };
    m_gauges.push_back({ std::move(name), std::move(help), std::move(value) });
}

std::string Metrics::exposition() const
{
    std::lock_guard lock { m_mutex };
    std::string text = "# HELP kpuhub_answer_seconds Time from the last byte of a request to its answer.\n"
                       "# TYPE kpuhub_answer_seconds histogram\n";
    for (auto const& [route, counts] : m_routes) {
        for (std::size_t at = 0; at < edges.size(); ++at)
            text += fmt::format("kpuhub_answer_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", route, edges[at], counts.within[at]);
        text += fmt::format("kpuhub_answer_seconds_bucket{{route=\"{0}\",le=\"+Inf\"}} {1}\nkpuhub_answer_seconds_sum{{route=\"{0}\"}} {2}\n"
                            "kpuhub_answer_seconds_count{{route=\"{0}\"}} {1}\n",
            route, counts.total, counts.seconds);
    }
    text += "# HELP kpuhub_answers_total Answers by class of status.\n# TYPE kpuhub_answers_total counter\n";
    for (auto const& [route, counts] : m_routes)
        for (std::size_t at = 1; at < counts.by_class.size(); ++at)
            if (counts.by_class[at] > 0)
                text += fmt::format("kpuhub_answers_total{{route=\"{}\",status=\"{}xx\"}} {}\n", route, at, counts.by_class[at]);
    for (auto const& gauge : m_gauges)
        text += fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n{0} {2}\n", gauge.name, gauge.help, gauge.value());
    return text;
}

}
