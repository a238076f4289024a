#include "report/package.hpp"
#include "core/embedded.hpp"
#include <algorithm>
#include <array>
#include <yaml-cpp/yaml.h>

namespace kpuhub::report {

namespace {

/// The compiled-in definition; a broken one is a fault of the build that a unit test finds.
struct Defined {
    std::vector<Recipient> recipients;
    std::string row_word;
};

Defined const& defined()
{
    static auto const all = [] {
        Defined made;
        auto const root = YAML::Load(std::string { embedded_file("definitions/reports/package.yaml") });
        for (auto const& each : root["recipients"])
            made.recipients.push_back({ each["code"].as<std::string>(), each["level"].as<std::string>(), each["title"].as<std::string>() });
        made.row_word = root["row_word"].as<std::string>();
        return made;
    }();
    return all;
}

}

std::vector<Recipient> const& recipients() { return defined().recipients; }
std::string const& row_word() { return defined().row_word; }

Recipient const* recipient_of(std::string_view code)
{
    auto const found = std::ranges::find(recipients(), code, &Recipient::code);
    return found == recipients().end() ? nullptr : &*found;
}

std::string_view to_text(PackageState state)
{
    constexpr std::array<std::string_view, 3> words { "draft", "packing", "sent" };
    return words.at(static_cast<std::size_t>(state));
}

std::string_view to_text(DeliveryState state)
{
    constexpr std::array<std::string_view, 5> words { "packing", "sent", "received", "returned", "accepted" };
    return words.at(static_cast<std::size_t>(state));
}

}
