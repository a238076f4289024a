#include "view/value.hpp"
#include <algorithm>
#include <cstring>
#include <type_traits>

namespace kpuhub::view {

static_assert(std::is_trivially_copyable_v<Value>, "values are kept in blocks that are copied and freed as bytes");
static_assert(sizeof(Value) == 24);

bool Value::is_true() const
{
    switch (m_kind) {
    case Kind::Nothing: return false;
    case Kind::Boolean: return number() != 0;
    case Kind::Text:
    case Kind::Link:
    case Kind::Markup: return m_size != 0;
    case Kind::Ratio: return second() != 0;
    case Kind::List: return m_count != 0;
    default: return true;
    }
}

Value const* Value::part(std::string_view name) const
{
    auto const* const first = names();
    auto const* const end = first + (first ? m_count : 0);
    auto const* const found = std::find(first, end, name);
    return found == end ? nullptr : &m_second.items[found - first];
}

void ValueStore::add_block(std::size_t bytes)
{
    constexpr std::size_t block = 32 * 1024;
    auto const size = std::max(bytes, block);
    m_free = m_blocks.emplace_back(std::make_unique_for_overwrite<std::byte[]>(size)).get();
    m_end = m_free + size;
}

std::byte* ValueStore::take(std::size_t bytes)
{
    if (bytes > static_cast<std::size_t>(m_end - m_free))
        add_block(bytes);
    auto* const start = m_free;
    m_free += bytes;
    return start;
}

std::string_view ValueStore::keep(std::string_view text)
{
    if (text.empty())
        return {};
    if (text.size() > static_cast<std::size_t>(m_end - m_free))
        add_block(text.size());
    m_end -= text.size();
    auto* const start = reinterpret_cast<char*>(m_end);
    std::memcpy(start, text.data(), text.size());
    return { start, text.size() };
}

std::span<Value const> ValueStore::keep(std::span<Value const> values)
{
    auto* const start = reinterpret_cast<Value*>(take(values.size_bytes()));
    std::uninitialized_copy(values.begin(), values.end(), start);
    return { start, values.size() };
}

/// Names are literals: two lists are the same when they point to the same ones.
static bool same_names(std::span<std::string_view const> one, std::span<std::string_view const> other)
{
    return std::ranges::equal(one, other, [](std::string_view a, std::string_view b) { return a.data() == b.data() && a.size() == b.size(); });
}

std::string_view const* ValueStore::keep_names(std::span<std::string_view const> names)
{
    static std::string_view const none {};
    if (names.empty())
        return &none;
    for (auto known = m_names.rbegin(); known != m_names.rend(); ++known)
        if (same_names(*known, names))
            return known->data();
    auto* const start = reinterpret_cast<std::string_view*>(take(names.size_bytes()));
    std::uninitialized_copy(names.begin(), names.end(), start);
    return m_names.emplace_back(start, names.size()).data();
}

}
