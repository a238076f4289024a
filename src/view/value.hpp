#pragma once
#include "view/visitor.hpp"
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace kpuhub::view {

/// One value of a model as a template sees it. Words are made only when the template asks for them. A page has thousands of
/// them, so a value is 24 bytes that point into the ValueStore.
class Value {
public:
    /// Plain is a sentence without a key: the name or title that it was made of.
    enum class Kind : std::uint8_t {
        Nothing, Boolean, Number, Text, Plain, Link, Markup, Date, Moment, Ratio, Money, Year, Choice, Sentence, Object, List
    };

    Value() = default;
    static Value number(Kind kind, std::int64_t number, std::int64_t second = 0) { return { kind, 0, 0, { .number = number }, { .number = second } }; }
    static Value text(Kind kind, std::string_view text) { return { kind, text.size(), 0, { .text = text.data() }, {} }; }
    /// A choice with its code as the only item, or a sentence with its arguments.
    static Value message(Kind kind, std::string_view key, std::span<Value const> items)
    {
        return { kind, key.size(), items.size(), { .text = key.data() }, { .items = items.data() } };
    }
    /// As many names as items.
    static Value object(std::string_view const* names, std::span<Value const> items)
    {
        return { Kind::Object, 0, items.size(), { .names = names }, { .items = items.data() } };
    }
    static Value list(std::span<Value const> items) { return { Kind::List, 0, items.size(), {}, { .items = items.data() } }; }

    [[nodiscard]] Kind kind() const { return m_kind; }
    /// Number, flag, days since 1970, milliseconds, numerator, rupiah, year.
    [[nodiscard]] std::int64_t number() const { return m_first.number; }
    /// Denominator, zone.
    [[nodiscard]] std::int64_t second() const { return m_second.number; }
    /// Text, address, markup; message key of a choice or sentence.
    [[nodiscard]] std::string_view text() const { return { m_first.text, m_size }; }
    /// Parts of an object, items of a list, arguments of a sentence, code of a choice; empty for what has none.
    [[nodiscard]] std::span<Value const> items() const { return { m_count == 0 ? nullptr : m_second.items, m_count }; }
    /// Names of the parts of an object; nullptr for anything else.
    [[nodiscard]] std::string_view const* names() const { return m_kind == Kind::Object ? m_first.names : nullptr; }

    [[nodiscard]] bool is_true() const;
    /// The part of an object; nullptr when it has none of that name.
    [[nodiscard]] Value const* part(std::string_view name) const;

private:
    union Word {
        std::int64_t number = 0;
        char const* text;
        std::string_view const* names;
        Value const* items;
    };
    Value(Kind kind, std::size_t size, std::size_t count, Word first, Word second)
        : m_kind(kind)
        , m_count(static_cast<std::uint32_t>(count) & 0xff'ffffU)
        , m_size(static_cast<std::uint32_t>(size))
        , m_first(first)
        , m_second(second)
    {
    }

    Kind m_kind : 8 = Kind::Nothing;
    std::uint32_t m_count : 24 = 0;     ///< of items
    std::uint32_t m_size = 0;           ///< of the text, in bytes
    Word m_first {};
    Word m_second {};
};

/// Holds the bytes and parts of values; they live as long as it does.
class ValueStore {
public:
    std::string_view keep(std::string_view text);
    std::span<Value const> keep(std::span<Value const>);
    /// The same names again give the same place: the objects of a list share theirs.
    std::string_view const* keep_names(std::span<std::string_view const>);

private:
    std::byte* take(std::size_t bytes);
    void add_block(std::size_t bytes);

    std::vector<std::unique_ptr<std::byte[]>> m_blocks;
    std::vector<std::span<std::string_view const>> m_names;     ///< each list of names once, those of the whole page
    std::byte* m_free = nullptr;        ///< of the last block: values and names are taken from here on,
    std::byte* m_end = nullptr;         ///< texts, which need no alignment, from here back
};

}
