#pragma once
#include "decree/draft.hpp"
#include "decree/shape.hpp"

namespace kpuhub::decree {

/// Gives areas without a printed heading the number and name that their contents speak for, joins them with the area
/// before when they go on with it, and turns printed numbers (roman, false row numbers) into 1 to 8.
/// Says so by findings: AreaInferred, AreaUnknown.
void recognise_areas(Draft&, Shape const&);

/// "AREA PERUBAHAN 1: Manajemen Perubahan" without the words of the column's heading and the number.
std::string without_area_word(std::string_view, Shape const&);

/// The number of an area node as an integer; 0 when none is known.
int area_number(Node const&);

}
