#pragma once
#include <string>

namespace pilar::app::demo {

class Dice;
struct Person;

/// A made-up comment as somebody with this rating of this visit might write it: about what the facility is good or bad at, often short,
/// never with a name.
std::string draw_comment(const Person& person, Dice& dice);

}  // namespace pilar::app::demo
