#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace kpuhub::decree {

/// "1 A; 2 B; 3 C" as its parts, when the whole text is such a list that goes up by one; else the text alone.
/// A list behind a colon ("terdiri dari : 1 A; 2 B") belongs to its sentence. With `intro`, "Words : 1 A; 2 B" gives
/// the words as a part of their own, and lines without numbers that were broken on purpose are parts where each begins a sentence.
std::vector<std::string> list_parts(std::string_view text, bool intro);

/// The rank of the last number of a list inside the text ("... 10 A; 11 B;" gives 11); 0 when there is none.
int last_listed(std::string_view text);

}
