#include "http/form.hpp"
#include "http/text_check.hpp"
#include <nlohmann/json.hpp>
#include <set>

namespace kpuhub::http {

namespace {

/// Walks the text once and keeps only what a flat object may hold; anything else stops the reading, so that nothing
/// deep is ever built.
class FlatObject : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit FlatObject(Limits const& limits) : m_limits(limits) {}

    bool null() override { return m_depth > 0; }
    bool boolean(bool value) override { return add(value ? "1" : "0"); }
    bool number_integer(number_integer_t value) override { return add(std::to_string(value)); }
    bool number_unsigned(number_unsigned_t value) override { return add(std::to_string(value)); }
    bool number_float(number_float_t, string_t const& text) override { return add(text); }
    bool string(string_t& value) override { return acceptable_text(value) && add(value); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return ++m_depth == 1; }
    bool end_object() override { return --m_depth == 0; }
    bool start_array(std::size_t) override { return m_depth++ == 1; }
    bool end_array() override { return --m_depth == 1; }
    bool parse_error(std::size_t, std::string const&, nlohmann::detail::exception const&) override { return false; }
    bool key(string_t& name) override
    {
        m_name = name;
        return acceptable_line(name) && m_names.insert(name).second;
    }

    Fields fields;
    bool too_many = false;

private:
    bool add(std::string value)
    {
        if (m_depth == 0)
            return false;
        too_many = fields.pairs().size() >= m_limits.form_fields;
        if (too_many)
            return false;
        fields.add(m_name, std::move(value));
        return true;
    }

    Limits const& m_limits;
    std::string m_name;
    std::set<std::string, std::less<>> m_names;
    int m_depth = 0;
};

}

Result<Fields> read_json_form(std::string_view body, Limits const& limits)
{
    FlatObject reader { limits };
    if (!nlohmann::json::sax_parse(body.begin(), body.end(), &reader))
        return invalid(reader.too_many ? "http.form.too_many" : "http.form");
    return std::move(reader.fields);
}

}
