#pragma once

namespace pilar {
/// For exact sums of squares and exact products; both compilers have it, ISO C++ does not.
__extension__ using Int128 = __int128;
}  // namespace pilar
