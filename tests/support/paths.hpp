#pragma once
#include <string>

namespace kpuhub::testing {

/// The checkout, and the program that these tests were built with.
std::string const& source_folder();
std::string const& program();

}
