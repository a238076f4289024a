#pragma once
#include "journal/journal.hpp"
#include "view/visitor.hpp"

namespace kpuhub::plan {

/// What an event tells, after the name of who did it: "mengajukan untuk diverifikasi".
view::Sentence history_words(journal::Event const&);

}
