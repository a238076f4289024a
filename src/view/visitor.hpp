#pragma once
#include "core/ratio.hpp"
#include "time/date.hpp"
#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace kpuhub::view {

/// An address of ours, made by code and not by input. A template may put only this into href, src or action.
struct Link {
    std::string address;
};

/// A value out of a closed list: its code for machines, the message key of its words for people.
struct Choice {
    std::string code;
    std::string message_key;
};

/// Markup made by our own code (SVG charts): the only text that reaches a page raw. bin/ci lists every use.
struct SafeHtml {
    std::string markup;
};

/// When, and in which zone the page shows it.
struct Moment {
    time::Instant at;
    time::Zone zone = time::Zone::Wib;
};

struct Money {
    std::int64_t rupiah = 0;
};

/// A year or another number that is a name and not a quantity: "2022", never "2.022".
struct Year {
    int number = 0;
};

/// What stands at {0}, {1} ... of a sentence: a name as it is, or a value that gets the words of the page's language.
using Argument = std::variant<std::string, std::int64_t, time::Date, Moment, Ratio, Money, Year, Choice>;

/// A sentence of the message catalogue with its arguments. Without a key it is its first argument (a name, a title).
struct Sentence {
    std::string message_key;
    std::vector<Argument> arguments {};
};

/// A text that is no message: the name of a person or an office where a Sentence is asked for.
inline Sentence plain(std::string text)
{
    Sentence sentence;
    sentence.arguments.emplace_back(std::move(text));
    return sentence;
}

/// The same without a copy, for a text that the model holds.
struct Plain {
    std::string_view text;
};

/// Walks a model. Three visitors exist: JSON (ISO dates, numbers, codes), template (the same values in words of the
/// page's language) and schema (types for /openapi.json). A model is a struct with
///     void describe(view::Visitor& v) const { v.field("title", title); v.list("rows", rows); }
/// and holds only what this reader may see: a template flag never hides data. Names are string literals (they are kept,
/// not copied). docs/pages.md tells what each type is in a template (name_code, name_short, has_name ...).
class Visitor {
public:
    virtual ~Visitor() = default;

    virtual void field(std::string_view name, std::string_view) = 0;
    virtual void field(std::string_view name, std::int64_t) = 0;
    virtual void field(std::string_view name, bool) = 0;
    virtual void field(std::string_view name, time::Date) = 0;      ///< words: "Kamis, 30 Juni 2022"
    virtual void field(std::string_view name, Moment const&) = 0;   ///< words: "Selasa, 14 Juni 2022 09.10 WIB"
    virtual void field(std::string_view name, Ratio const&) = 0;    ///< words: "88,89 %", and name_n, name_of for the counts
    virtual void field(std::string_view name, Money const&) = 0;    ///< words: "Rp 450.000"
    virtual void field(std::string_view name, Year) = 0;            ///< words: "2022"
    virtual void field(std::string_view name, Link const&) = 0;
    virtual void field(std::string_view name, Choice const&) = 0;   ///< words by key; template also gets name_code
    virtual void field(std::string_view name, Sentence const&) = 0;
    virtual void field(std::string_view name, Plain) = 0;           ///< as the sentence plain(text)
    virtual void field(std::string_view name, SafeHtml const&) = 0; ///< template only
    void field(std::string_view name, int value) { field(name, static_cast<std::int64_t>(value)); }
    void field(std::string_view name, char const* value) { field(name, std::string_view { value }); }

    /// Nothing = JSON null; in a template the name is false, so {{#name}} leaves its part out.
    template<typename T>
    void field(std::string_view name, std::optional<T> const& value)
    {
        if (value && !schema())
            return field(name, *value);
        if (schema())
            return optional_schema(name, [&] { field(name, T {}); });
        nothing(name);
    }

    /// A part that is itself a model.
    template<typename Model>
        requires requires(Model const& model, Visitor& visitor) { model.describe(visitor); }
    void field(std::string_view name, Model const& model)
    {
        begin_object(name);
        model.describe(*this);
        end_object();
    }

    /// Models or plain texts in order. A template also gets has_<name> (false when empty).
    template<typename T>
    void list(std::string_view name, std::vector<T> const& items)
    {
        begin_list(name, items.size());
        if (schema()) {
            if (!too_deep())
                item(T {});
        } else {
            for (auto const& each : items)
                item(each);
        }
        end_list();
    }

protected:
    /// True while types are described and not values: optional parts and one item of each list are walked.
    [[nodiscard]] virtual bool schema() const { return false; }
    /// Ends the walk of a model that holds itself (a tree) when types are described.
    [[nodiscard]] virtual bool too_deep() const { return false; }
    virtual void optional_schema(std::string_view, std::function<void()> const& describe) { describe(); }
    virtual void nothing(std::string_view name) = 0;
    virtual void begin_object(std::string_view name) = 0;
    virtual void end_object() = 0;
    virtual void begin_list(std::string_view name, std::size_t count) = 0;
    virtual void begin_item() = 0;
    virtual void end_item() = 0;
    virtual void text_item(std::string_view) = 0;
    virtual void end_list() = 0;

private:
    template<typename T>
    void item(T const& each)
    {
        if constexpr (std::convertible_to<T, std::string_view>) {
            text_item(each);
        } else {
            begin_item();
            each.describe(*this);
            end_item();
        }
    }
};

}
