# Warnings are errors; the list is the one the compiler can hold without false alarms.
add_library(pilar_warnings INTERFACE)
target_compile_options(pilar_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough
  -Wcast-qual -Wformat=2 -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # std::stable_sort of libstdc++ 12 calls a function that the same library deprecates.
  target_compile_options(pilar_warnings INTERFACE -Wno-deprecated-declarations)
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # maybe-uninitialized: g++ 12 with -O2 sees it in empty std::optional values that are never read.
  target_compile_options(pilar_warnings INTERFACE -Wno-maybe-uninitialized -Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wuseless-cast)
endif()
