#pragma once
#include "plan/plan.hpp"
#include "view/parts.hpp"
#include <string>
#include <string_view>

namespace kpuhub::plan {

// How values of the room look on pages: letter, word, period, number. No decision is taken here.

/// Letter, class and word of a state; late is written after the letter and takes over the colour.
view::StateMark state_mark(State, bool late);

/// "Januari" ... as a word of the page's language; 1 to 12.
view::Choice month_word(int month);

/// "Juni 2022", "TW II 2022", "Februari-April 2022", "Tahun 2022".
view::Sentence period_words(Deliverable const&);

/// "Kewenangan KPU Provinsi" and the like; nothing for the office itself.
std::optional<view::Sentence> authority_words(Authority);

/// The printed number without its sign at the end: "1." and "1)" are "1".
std::string bare_number(std::string_view printed);

/// "1.2.3" out of the printed numbers from the area down; empty ones are left out.
std::string row_code(std::initializer_list<std::string_view> printed);

/// At most so many bytes, cut at a blank, with an ellipsis; never inside a letter.
std::string shortened(std::string_view text, std::size_t bytes);

/// "SK 12 TAHUN 2022 tanggal 11 April 2022", or that the plan is a draft.
view::Sentence decree_words(Plan const&);

std::string board_address(std::string_view unit_code, int year);
std::string deliverable_address(DeliverableId);

}
