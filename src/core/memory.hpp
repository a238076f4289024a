#pragma once
#include <malloc.h>

namespace kpuhub {

/// Lets each thread keep up to a megabyte that it has freed: else the memory of nearly every page is given back to the system and
/// asked for again, page fault by page fault.
inline void keep_freed_memory() { mallopt(M_TRIM_THRESHOLD, 1 << 20); }

}
