#include "support/json_schema.hpp"
#include <nlohmann/json.hpp>
#include <regex>

namespace kpuhub::testing {

namespace {

using Json = nlohmann::json;

bool has_type(Json const& value, std::string const& type)
{
    return type == "string" ? value.is_string() : type == "integer" ? value.is_number_integer() : type == "boolean" ? value.is_boolean()
        : type == "object" ? value.is_object() : type == "array" ? value.is_array() : type == "null" && value.is_null();
}

class Check {
public:
    void value(Json const& value, Json const& schema, std::string const& place)
    {
        if (schema.contains("anyOf"))
            return any_of(value, schema["anyOf"], place);
        if (!schema.contains("type"))
            return;
        auto type = schema["type"].get<std::string>();
        if (!has_type(value, type))
            return tell(place, "is no " + type);
        if (schema.contains("format"))
            format(value.get<std::string>(), schema["format"].get<std::string>(), place);
        if (type == "array" && schema.contains("items"))
            for (std::size_t at = 0; at < value.size(); ++at)
                this->value(value[at], schema["items"], place + "/" + std::to_string(at));
        if (type == "object" && schema.contains("properties"))
            object(value, schema, place);
    }
    std::vector<std::string> problems;

private:
    void tell(std::string const& place, std::string const& what) { problems.push_back((place.empty() ? "/" : place) + ": " + what); }

    void object(Json const& value, Json const& schema, std::string const& place)
    {
        for (auto const& name : schema["required"])
            if (!value.contains(name.get<std::string>()))
                tell(place, "lacks " + name.get<std::string>());
        for (auto const& [name, each] : value.items()) {
            if (schema["properties"].contains(name))
                this->value(each, schema["properties"][name], place + "/" + name);
            else
                tell(place, "has " + name + ", which the schema does not name");
        }
    }

    void any_of(Json const& value, Json const& schemas, std::string const& place)
    {
        std::vector<std::string> nearest;
        for (auto const& schema : schemas) {
            Check one;
            one.value(value, schema, place);
            if (one.problems.empty())
                return;
            if (nearest.empty() || one.problems.size() < nearest.size())
                nearest = one.problems;
        }
        problems.insert(problems.end(), nearest.begin(), nearest.end());
    }

    void format(std::string const& text, std::string const& name, std::string const& place)
    {
        static std::regex const date { R"(\d{4}-\d{2}-\d{2})" }, instant { R"(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z)" };
        if ((name == "date" && !std::regex_match(text, date)) || (name == "date-time" && !std::regex_match(text, instant)))
            tell(place, "is no " + name + ": " + text);
    }
};

}

std::vector<std::string> against_schema(std::string_view json, std::string_view schema)
{
    Check check;
    check.value(Json::parse(json), Json::parse(schema), "");
    return std::move(check.problems);
}

}
