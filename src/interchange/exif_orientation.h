#pragma once
#include <string_view>

namespace pilar {

/// How a JPEG, PNG or WebP file says that it must be turned to stand upright: 1 (as it is) to 8, the values of Exif 2.32, tag 0x0112 of
/// its first directory. 1 where it says nothing, or nothing that can be followed. Reads only this one tag: the rest of Exif, maker
/// notes before all, is where its readers break.
int exif_orientation(std::string_view picture);

}  // namespace pilar
