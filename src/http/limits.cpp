#include "http/limits.hpp"
#include "core/embedded.hpp"
#include <array>
#include <functional>
#include <string>
#include <yaml-cpp/yaml.h>

namespace kpuhub::http {

namespace {

struct Entry {
    std::string_view name;
    std::function<void(Limits&, std::int64_t)> set;
};

template<typename Field>
Entry entry(std::string_view name, Field Limits::*field)
{
    return { name, [field](Limits& limits, std::int64_t number) { limits.*field = Field(number); } };
}

std::array<Entry, 21> const& entries()
{
    static std::array<Entry, 21> const all {
        entry("connections", &Limits::connections),
        entry("connections_per_block", &Limits::connections_per_block),
        entry("header_bytes", &Limits::header_bytes),
        entry("header_fields", &Limits::header_fields),
        entry("target_bytes", &Limits::target_bytes),
        entry("form_bytes", &Limits::form_bytes),
        entry("upload_bytes", &Limits::upload_bytes),
        entry("form_fields", &Limits::form_fields),
        entry("temporary_bytes", &Limits::temporary_bytes),
        entry("free_disk_bytes", &Limits::free_disk_bytes),
        entry("waiting_requests", &Limits::waiting_requests),
        entry("waiting_public", &Limits::waiting_public),
        entry("waiting_passwords", &Limits::waiting_passwords),
        entry("waiting_uploads", &Limits::waiting_uploads),
        entry("upload_rate", &Limits::upload_rate),
        entry("answer_rate", &Limits::answer_rate),
        entry("rate_grace_ms", &Limits::rate_grace),
        entry("idle_ms", &Limits::idle),
        entry("header_ms", &Limits::header),
        entry("handler_ms", &Limits::handler),
        entry("drain_ms", &Limits::drain),
    };
    return all;
}

}

Result<Limits> read_limits(std::string_view yaml)
{
    try {
        auto document = YAML::Load(std::string(yaml))["limits"];
        if (!document || !document.IsMap())
            return broken("limits.yaml: no map named limits");
        Limits limits;
        for (auto const& each : entries()) {
            auto number = document[std::string(each.name)]["number"].as<std::int64_t>(0);
            if (number <= 0)
                return broken("limits.yaml: " + std::string(each.name) + " is missing or not a positive number");
            each.set(limits, number);
        }
        if (document.size() != entries().size())
            return broken("limits.yaml: an entry that the program does not know");
        return limits;
    } catch (YAML::Exception const& error) {
        return broken(std::string("limits.yaml: ") + error.what());
    }
}

Result<Limits> embedded_limits() { return read_limits(embedded_file("definitions/limits.yaml")); }

}
