#pragma once
#include <charconv>
#include <map>
#include <mutex>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <string>

namespace kpuhub::testing {

/// Reads the debug log while it stands: for each statement the most rows that SQLite read without an index that led to them.
class ScanWatch {
public:
    ScanWatch() : m_before(spdlog::default_logger()), m_sink(std::make_shared<Sink>())
    {
        auto logger = std::make_shared<spdlog::logger>("scans", m_sink);
        logger->set_level(spdlog::level::debug);
        spdlog::set_default_logger(logger);
    }
    ScanWatch(ScanWatch const&) = delete;
    ScanWatch& operator=(ScanWatch const&) = delete;
    ~ScanWatch() { spdlog::set_default_logger(m_before); }
    [[nodiscard]] std::map<std::string, std::int64_t> const& scanned() const { return m_sink->scanned; }

private:
    class Sink : public spdlog::sinks::base_sink<std::mutex> {
    public:
        std::map<std::string, std::int64_t> scanned;

    protected:
        void sink_it_(spdlog::details::log_msg const& message) override
        {
            std::string_view const line { message.payload.data(), message.payload.size() };
            constexpr std::string_view label = " scanned=";
            auto const at = line.rfind(label);
            if (!line.starts_with("sql ") || at == std::string_view::npos)
                return;
            std::int64_t rows = 0;
            std::from_chars(line.data() + at + label.size(), line.data() + line.size(), rows);
            auto& most = scanned[std::string { line.substr(4, line.find(' ', 4) - 4) }];
            most = std::max(most, rows);
        }
        void flush_() override {}
    };

    std::shared_ptr<spdlog::logger> m_before;
    std::shared_ptr<Sink> m_sink;
};

}
