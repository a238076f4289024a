#pragma once
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace kpuhub::storage {

/// Prepared statements of one connection by their text; the least recently used leaves first.
/// Belongs to one thread at a time, like its connection.
template<typename Statement>
class StatementCache {
public:
    explicit StatementCache(std::size_t limit) : m_limit(limit) {}

    /// The kept statement, or null.
    Statement* find(std::string_view text)
    {
        auto found = m_by_text.find(text);
        if (found == m_by_text.end())
            return nullptr;
        m_kept.splice(m_kept.begin(), m_kept, found->second);
        return &found->second->second;
    }

    /// The statement that the next keep() forgets, or null: an engine may have to be told.
    [[nodiscard]] Statement const* overflow() const
    {
        return m_kept.size() >= m_limit ? &m_kept.back().second : nullptr;
    }

    Statement& keep(std::string text, Statement statement)
    {
        if (m_kept.size() >= m_limit) {
            m_by_text.erase(m_kept.back().first);
            m_kept.pop_back();
        }
        m_kept.emplace_front(std::move(text), std::move(statement));
        m_by_text.emplace(m_kept.front().first, m_kept.begin());
        return m_kept.front().second;
    }

    void clear()
    {
        m_by_text.clear();
        m_kept.clear();
    }

private:
    using Kept = std::list<std::pair<std::string, Statement>>;
    std::size_t m_limit;
    Kept m_kept;
    std::unordered_map<std::string_view, typename Kept::iterator> m_by_text;
};

}
