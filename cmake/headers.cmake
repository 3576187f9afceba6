# pilar_headers(TARGET): each header of src/ that no source of its own name includes first is compiled by itself, so that none leans on its
# includer; beside it stand only the precompiled ones that every source of ours sees. clang-tidy, which takes sources one by one, sees to the
# others.
function(pilar_headers target)
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/src/*.h)
  set(sources "")
  foreach(header IN LISTS headers)
    string(REGEX REPLACE "\\.h$" ".cpp" own ${header})
    if(EXISTS ${CMAKE_SOURCE_DIR}/src/${own})
      continue()
    endif()
    set(source ${CMAKE_BINARY_DIR}/${target}/${header}.cpp)
    file(CONFIGURE OUTPUT ${source} CONTENT "#include \"@header@\"\n" @ONLY)
    list(APPEND sources ${source})
  endforeach()
  add_library(${target} OBJECT EXCLUDE_FROM_ALL ${sources})
  set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
  target_precompile_headers(${target} PRIVATE ${PILAR_PRECOMPILED})
  # Only the parsing matters here, in whichever preset: instrumenting and optimising what a header carries would double its time.
  target_compile_options(${target} PRIVATE -O0 -g0 -fno-sanitize=all)
  target_link_libraries(${target} PRIVATE pilar_cli pilar_warnings)
endfunction()
