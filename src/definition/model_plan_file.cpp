#include "definition/model_plan_file.hpp"
#include <algorithm>
#include <array>
#include <charconv>
#include <set>

namespace kpuhub::definition {

namespace {

constexpr int area_count = 8;
constexpr int months_of_year = 12;
constexpr std::array<std::string_view, 4> rhythms { "each_mark", "once_in_run", "continuous", "monthly" };
constexpr std::array<std::string_view, 5> kinds { "document", "count", "share", "index", "trend" };
constexpr std::array<std::string_view, 3> authorities { "office", "province", "national" };

class Reader {
public:
    explicit Reader(Faults& faults) : m_faults(faults) {}

    ModelArea area(Node const& node, int expected)
    {
        m_faults.only_keys(node, { "no", "activities" });
        ModelArea area { m_faults.required_number(node, "no", 1, area_count), {} };
        if (area.number != expected)
            m_faults.add(node.line, "definition.number_wrong", "no");
        for (auto const& item : m_faults.required_list(node, "activities")) {
            m_faults.only_keys(item, { "name", "subs" });
            ModelActivity activity { m_faults.required_text(item, "name"), {} };
            for (auto const& sub : m_faults.required_list(item, "subs"))
                activity.subactivities.push_back(subactivity(sub));
            area.activities.push_back(std::move(activity));
        }
        return area;
    }

private:
    ModelSubactivity subactivity(Node const& node)
    {
        m_faults.only_keys(node, { "key", "text", "months", "rhythm", "due_day", "due_months_after", "owner", "authority", "proof", "indicators" });
        ModelSubactivity sub;
        sub.key = unique_key(node);
        sub.text = m_faults.required_text(node, "text");
        sub.months = months(node);
        sub.rhythm = choice(node, "rhythm", rhythms);
        constexpr int longest_month = 31;
        if (node.has("due_day"))
            sub.due_day = m_faults.required_number(node, "due_day", 1, longest_month);
        if (node.has("due_months_after"))
            sub.due_months_after = m_faults.required_number(node, "due_months_after", 0, 1);
        bool all_year = sub.rhythm == "monthly" || sub.rhythm == "continuous";
        if (all_year && sub.months.size() != months_of_year)
            m_faults.add(node.line, "definition.number_wrong", "months");
        sub.owner = m_faults.required_text(node, "owner");
        sub.authority = node.has("authority") ? choice(node, "authority", authorities) : "office";
        sub.proof = m_faults.required_text(node, "proof");
        for (auto const& item : m_faults.required_list(node, "indicators")) {
            m_faults.only_keys(item, { "key", "text", "kind" });
            sub.indicators.push_back({ unique_key(item), m_faults.required_text(item, "text"), choice(item, "kind", kinds) });
        }
        return sub;
    }

    std::string unique_key(Node const& node)
    {
        auto key = m_faults.required_text(node, "key");
        if (!m_keys.insert(key).second)
            m_faults.add(node.line, "definition.key_twice", key);
        return key;
    }

    std::vector<int> months(Node const& node)
    {
        std::vector<int> months;
        for (auto const& item : m_faults.required_list(node, "months")) {
            int month = 0;
            std::from_chars(item.text.data(), item.text.data() + item.text.size(), month);
            if (month < 1 || month > months_of_year || (!months.empty() && month <= months.back()))
                m_faults.add(item.line, "definition.number_wrong", "months");
            months.push_back(month);
        }
        return months;
    }

    std::string choice(Node const& node, std::string_view key, auto const& known)
    {
        auto word = m_faults.required_text(node, key);
        if (!word.empty() && std::ranges::find(known, word) == known.end())
            m_faults.add(node.line, "definition.choice_unknown", std::string { key });
        return word;
    }

    Faults& m_faults;
    std::set<std::string> m_keys;
};

}

Result<std::vector<ModelArea>> load_model_plan(std::string_view file, std::string_view text)
{
    auto root = TRY(parse(file, text));
    Faults faults { file };
    faults.only_keys(root, { "id", "version", "valid_from", "title", "source", "areas" });
    read_heading(root, faults);
    Reader reader { faults };
    std::vector<ModelArea> areas;
    for (auto const& node : faults.required_list(root, "areas"))
        areas.push_back(reader.area(node, static_cast<int>(areas.size()) + 1));
    if (areas.size() != area_count)
        faults.add(root["areas"].line, "definition.number_wrong", "areas");
    if (!faults.none())
        return faults.failure();
    return areas;
}

}
