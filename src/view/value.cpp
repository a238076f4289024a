#include "view/value.hpp"
#include <algorithm>
#include <cstring>
#include <type_traits>

namespace kpuhub::view {

static_assert(std::is_trivially_destructible_v<Value>, "values are kept in blocks that are freed as bytes");

bool Value::is_true() const
{
    switch (kind) {
    case Kind::Nothing: return false;
    case Kind::Boolean: return a != 0;
    case Kind::Text:
    case Kind::Link:
    case Kind::Markup: return !text.empty();
    case Kind::Ratio: return b != 0;
    case Kind::List: return !items.empty();
    default: return true;
    }
}

Value const* Value::part(std::string_view name) const
{
    if (kind != Kind::Object)
        return nullptr;
    auto const found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? nullptr : &items[static_cast<std::size_t>(found - names.begin())];
}

void* ValueStore::take(std::size_t bytes)
{
    constexpr std::size_t block = 32 * 1024;
    bytes = (bytes + 15) & ~std::size_t { 15 };
    if (bytes > m_left) {
        m_left = std::max(bytes, block);
        m_blocks.push_back(std::make_unique_for_overwrite<std::byte[]>(m_left));
        m_free = m_blocks.back().get();
    }
    auto* const start = m_free;
    m_free += bytes;
    m_left -= bytes;
    return start;
}

std::string_view ValueStore::keep(std::string_view text)
{
    if (text.empty())
        return {};
    auto* const start = static_cast<char*>(take(text.size()));
    std::memcpy(start, text.data(), text.size());
    return { start, text.size() };
}

std::span<Value const> ValueStore::keep(std::span<Value const> values)
{
    auto* const start = static_cast<Value*>(take(values.size_bytes()));
    std::uninitialized_copy(values.begin(), values.end(), start);
    return { start, values.size() };
}

/// Names are literals: two lists are the same when they point to the same ones.
static bool same_names(std::span<std::string_view const> one, std::span<std::string_view const> other)
{
    return std::ranges::equal(one, other, [](std::string_view a, std::string_view b) { return a.data() == b.data() && a.size() == b.size(); });
}

std::span<std::string_view const> ValueStore::keep_names(std::span<std::string_view const> names)
{
    for (auto known = m_names.rbegin(); known != m_names.rend(); ++known)
        if (same_names(*known, names))
            return *known;
    auto* const start = static_cast<std::string_view*>(take(names.size_bytes()));
    std::uninitialized_copy(names.begin(), names.end(), start);
    return m_names.emplace_back(start, names.size());
}

}
