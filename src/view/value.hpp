#pragma once
#include "view/visitor.hpp"
#include <cstdint>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::view {

/// One value of a model as a template sees it. Words are made only when the template asks for them.
struct Value {
    enum class Kind : std::uint8_t {
        Nothing, Boolean, Number, Text, Link, Markup, Date, Moment, Ratio, Money, Year, Choice, Sentence, Object, List
    };
    Kind kind = Kind::Nothing;
    std::int64_t a = 0;             ///< number, flag, days since 1970, milliseconds, numerator, rupiah
    std::int64_t b = 0;             ///< denominator, zone
    std::string_view text {};       ///< text, address, markup; message key of a choice or sentence
    std::string_view code {};       ///< code of a choice
    std::span<std::string_view const> names {};     ///< of an object, as long as its items
    std::span<Value const> items {};                ///< of an object or list; arguments of a sentence

    [[nodiscard]] bool is_true() const;
    /// The part of an object; nullptr when it has none of that name.
    [[nodiscard]] Value const* part(std::string_view name) const;
};

/// Holds the bytes and parts of values; they live as long as it does.
class ValueStore {
public:
    std::string_view keep(std::string_view text);
    std::span<Value const> keep(std::span<Value const>);
    /// The same names again give the same span: the objects of a list share theirs.
    std::span<std::string_view const> keep_names(std::span<std::string_view const>);

private:
    void* take(std::size_t bytes);
    std::vector<std::unique_ptr<std::byte[]>> m_blocks;
    std::vector<std::span<std::string_view const>> m_names;     ///< each list of names once, those of the whole page
    std::byte* m_free = nullptr;
    std::size_t m_left = 0;
};

}
