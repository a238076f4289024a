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
        auto const& innermost = *stack.back();
        if (m_in_innermost && innermost.names() == m_names.front())
            return { &innermost.items()[m_place], m_form };
        return recall_above(stack);
    }
    /// Keeps what look_up gave for this stack, where that can be told.
    void remember(std::vector<Value const*> const& stack, Name const&, Named const&);

private:
    [[nodiscard]] Named recall_above(std::vector<Value const*> const& stack) const;

    static constexpr std::size_t most_levels = 4;
    std::array<std::string_view const*, most_levels> m_names {};    ///< of each level, from the innermost one
    std::string_view const* m_inner_names = nullptr;                ///< of what the first part of "state.letter" stands for
    std::uint32_t m_place = 0;
    std::uint32_t m_inner_place = 0;
    std::uint8_t m_levels = 0;      ///< how many levels were looked at; 0 = nothing known
    Form m_form = Form::Words;
    bool m_of_any_kind = false;     ///< every kind of value has the form
    bool m_in_innermost = false;    ///< the usual case: one level, no dot, any kind
};

}
