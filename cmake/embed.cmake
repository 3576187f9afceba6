# pilar_embed(TARGET prefix folder [prefix folder ...]): every file below the folders becomes part of the program,
# found again by base/embedded.h as "prefix/relative/path". A file in place of a folder is itself "prefix".
function(pilar_embed target)
  set(pairs ${ARGN})
  set(list "")
  set(files "")
  while(pairs)
    list(POP_FRONT pairs prefix folder)
    if(EXISTS ${folder} AND NOT IS_DIRECTORY ${folder})
      list(APPEND list "${prefix}")
      list(APPEND files "${folder}")
      continue()
    endif()
    file(GLOB_RECURSE found CONFIGURE_DEPENDS RELATIVE ${folder} ${folder}/*)
    foreach(path IN LISTS found)
      list(APPEND list "${prefix}/${path}")
      list(APPEND files "${folder}/${path}")
    endforeach()
  endwhile()
  set(rows "")
  set(blobs "")
  set(index 0)
  foreach(name file IN ZIP_LISTS list files)
    string(APPEND blobs "asm(\".section .rodata\\n.balign 16\\npilar_blob_${index}:\\n.incbin \\\"${file}\\\"\\npilar_blob_${index}_end:\\n.byte 0\\n.previous\");\n")
    string(APPEND blobs "extern \"C\" const char pilar_blob_${index}[], pilar_blob_${index}_end[];\n")
    string(APPEND rows "    {\"${name}\", {pilar_blob_${index}, static_cast<std::size_t>(pilar_blob_${index}_end - pilar_blob_${index})}},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  set(out ${CMAKE_BINARY_DIR}/${target}.cpp)
  file(CONFIGURE OUTPUT ${out} @ONLY CONTENT
"#include \"base/embedded.h\"
@blobs@
namespace pilar {
std::span<const EmbeddedFile> embedded_files() {
  static const std::vector<EmbeddedFile> files{
@rows@  };
  return files;
}
}  // namespace pilar
")
  add_library(${target} STATIC ${out})
  target_link_libraries(${target} PRIVATE pilar_base)
  set_source_files_properties(${out} PROPERTIES OBJECT_DEPENDS "${files}" SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
