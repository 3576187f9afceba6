#pragma once
#include <string_view>

namespace pilar::app::demo {

class Dice;

/// A made-up comment of somebody content, or of somebody who is not.
std::string_view draw_comment(bool content, Dice& dice);

}  // namespace pilar::app::demo
