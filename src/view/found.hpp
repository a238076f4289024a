#pragma once
#include "view/name.hpp"
#include <array>

namespace kpuhub::view {

/// Where a name of a template was found the last time: so many levels up the stack at that place of the part there, and of
/// "state.letter" at that place inside what stands there. It is there again while the levels up to it have the same names, as
/// the rows of a table do.
class Found {
public:
    /// What look_up gives. No value: it has to be asked.
    [[nodiscard]] Named recall(std::vector<Value const*> const& stack) const
    {
        if (m_levels == 0 || m_levels > stack.size())
            return {};
        auto const* const* const innermost = &stack.back();
        for (std::ptrdiff_t up = 0; up < m_levels; ++up)
            if (innermost[-up]->names() != m_names[static_cast<std::size_t>(up)])
                return {};
        auto const* value = &innermost[1 - m_levels]->items()[m_place];
        if (m_inner_names) {
            if (value->names() != m_inner_names)
                return {};
            value = &value->items()[m_inner_place];
        }
        return m_of_any_kind || has_form(*value, m_form) ? Named { value, m_form } : Named {};
    }
    /// Keeps what look_up gave for this stack, where that can be told.
    void remember(std::vector<Value const*> const& stack, Name const&, Named const&);

private:
    static constexpr std::size_t most_levels = 4;
    std::array<std::string_view const*, most_levels> m_names {};    ///< of each level, from the innermost one
    std::string_view const* m_inner_names = nullptr;                ///< of what the first part of "state.letter" stands for
    std::uint32_t m_place = 0;
    std::uint32_t m_inner_place = 0;
    std::uint8_t m_levels = 0;      ///< how many levels were looked at; 0 = nothing known
    Form m_form = Form::Words;
    bool m_of_any_kind = false;     ///< every kind of value has the form
};

}
