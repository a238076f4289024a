#pragma once
#include "organization/people.hpp"
#include "plan/plan_marks.hpp"
#include "portal/home_model.hpp"
#include "portal/progress_figures.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <string>
#include <vector>

namespace kpuhub::portal {

/// Builds the blocks of one page.
class HomeBuilder {
public:
    HomeBuilder(account::Reader const& reader, HomeNews const& news, Wording const& wording);
    std::vector<HomeBlock> blocks(BlockKind) const;
    void sentences(HomePage&) const;
    view::Link pleno() const { return has_plan() ? view::Link { fmt::format("/units/{}/plans/{}/pleno.pdf", m_reader.unit_code, m_this_year) } : view::Link {}; }

private:
    HomeBlock summary_late() const;
    HomeBlock summary_areas() const;
    HomeBlock decisions() const;
    HomeBlock traffic() const;
    HomeBlock offices() const;
    HomeBlock office() const;
    HomeBlock verify() const;
    HomeBlock people() const;
    HomeBlock asked() const;
    HomeBlock limits() const;
    HomeBlock campaigns() const;
    HomeBlock tasks() const;
    HomeBlock section(account::Post const&) const;
    HomeBlock returned() const;
    HomeBlock proposed() const;
    HomeBlock send() const;

    bool has_plan() const { return m_year.of("plan.fixed") + m_year.of("plan.draft") > 0; }
    void say_no_plan(HomeBlock&) const;
    CountRow row(std::string const& name, std::string const& address, std::int64_t count) const;
    std::string reminder_head(std::string const& whose) const;
    std::string figures(std::string const& rest) const { return fmt::format("/units/{}/figures?{}", m_reader.unit_code, rest); }

    account::Reader const& m_reader;
    HomeNews const& m_news;
    Wording const& m_wording;
    time::Date m_today;
    int m_this_year;
    indicator::Sums m_year;
    plan::OpenUntil m_until;
};

template<typename Wanted>
std::vector<plan::WorkLine> lines_where(plan::WorkLines const& lines, Wanted const& wanted)
{
    std::vector<plan::WorkLine> found;
    std::ranges::copy_if(lines.lines, std::back_inserter(found), wanted);
    return found;
}

/// As many as a block shows.
std::vector<plan::WorkLine> first_lines(std::vector<plan::WorkLine>);
/// "1.1.3 FGD Rencana Aksi (Yuliana Sari); 6.1.2 Reviu Renstra": the first two of a list.
std::string first_two(std::vector<plan::WorkLine> const&, time::Date today);

}
