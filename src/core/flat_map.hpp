#pragma once
#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <stdexcept>
#include <utility>
#include <vector>

namespace kpuhub {

/// A map of few entries, kept in one sorted vector: what std::map does, without memory of its own for each entry. Adding and
/// taking away move the entries behind; references and iterators do not outlive that.
template<typename Key, typename Mapped>
class FlatMap {
public:
    using value_type = std::pair<Key, Mapped>;
    using iterator = typename std::vector<value_type>::iterator;
    using const_iterator = typename std::vector<value_type>::const_iterator;

    FlatMap() = default;
    /// In any order; of two entries with one key the last holds.
    FlatMap(std::initializer_list<value_type> entries)
    {
        for (auto const& [key, mapped] : entries)
            (*this)[key] = mapped;
    }

    [[nodiscard]] const_iterator begin() const { return m_entries.begin(); }
    [[nodiscard]] const_iterator end() const { return m_entries.end(); }
    [[nodiscard]] bool empty() const { return m_entries.empty(); }
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    void reserve(std::size_t entries) { m_entries.reserve(entries); }

    [[nodiscard]] const_iterator find(Key const& key) const
    {
        auto const place = place_of(m_entries, key);
        return place != end() && place->first == key ? place : end();
    }
    [[nodiscard]] bool contains(Key const& key) const { return find(key) != end(); }
    [[nodiscard]] Mapped const& at(Key const& key) const
    {
        auto const found = find(key);
        return found != end() ? found->second : throw std::out_of_range { "FlatMap" };
    }
    /// Adds an empty entry when there is none of that key.
    Mapped& operator[](Key const& key)
    {
        auto place = place_of(m_entries, key);
        if (place == m_entries.end() || place->first != key)
            place = m_entries.emplace(place, key, Mapped {});
        return place->second;
    }
    void erase(Key const& key)
    {
        if (auto const found = find(key); found != end())
            m_entries.erase(found);
    }

    friend bool operator==(FlatMap const&, FlatMap const&) = default;

private:
    static auto place_of(auto& entries, Key const& key)
    {
        return std::lower_bound(entries.begin(), entries.end(), key, [](auto const& entry, Key const& wanted) { return entry.first < wanted; });
    }

    std::vector<value_type> m_entries;
};

}
