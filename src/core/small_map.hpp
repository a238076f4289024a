#pragma once
#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <stdexcept>
#include <utility>
#include <vector>

namespace kpuhub {

/// A map of few entries (tens) in the order in which they came, without memory of its own for each: looking one up compares them
/// one after the other. References and iterators do not outlive adding and taking away.
template<typename Key, typename Mapped>
class SmallMap {
public:
    using value_type = std::pair<Key, Mapped>;
    using const_iterator = typename std::vector<value_type>::const_iterator;

    SmallMap() = default;
    /// Of two entries with one key the last holds.
    SmallMap(std::initializer_list<value_type> entries)
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
        return std::find_if(begin(), end(), [&key](value_type const& entry) { return entry.first == key; });
    }
    [[nodiscard]] bool contains(Key const& key) const { return find(key) != end(); }
    [[nodiscard]] Mapped const& at(Key const& key) const
    {
        auto const found = find(key);
        return found != end() ? found->second : throw std::out_of_range { "SmallMap" };
    }
    /// Adds an empty entry when there is none of that key.
    Mapped& operator[](Key const& key)
    {
        auto const place = static_cast<std::size_t>(find(key) - begin());
        return place < size() ? m_entries[place].second : m_entries.emplace_back(key, Mapped {}).second;
    }
    void erase(Key const& key)
    {
        if (auto const found = find(key); found != end())
            m_entries.erase(found);
    }

    /// The same entries, in whatever order.
    friend bool operator==(SmallMap const& one, SmallMap const& other)
    {
        return std::is_permutation(one.begin(), one.end(), other.begin(), other.end());
    }

private:
    std::vector<value_type> m_entries;
};

}
