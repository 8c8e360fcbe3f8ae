# Writes OUTPUT, a C++ file that holds the texts of FILES.

set(text "#include \"lib/Evaluate/DecompositionLibrary.h\"\n\n#include <vector>\n\n")
set(table "")
foreach(file ${FILES})
  get_filename_component(name ${file} NAME)
  get_filename_component(identifier ${file} NAME_WE)
  file(READ ${file} content HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${content}")
  string(APPEND text "static const unsigned char k${identifier}[] = {${bytes}0};\n")
  string(APPEND table
    "    {\"${name}\", {reinterpret_cast<const char *>(k${identifier}), sizeof(k${identifier}) - 1}},\n")
endforeach()
string(APPEND text
  "\nllvm::ArrayRef<torchonnx::BuiltinDecompositionFile>\n"
  "torchonnx::getBuiltinDecompositionFiles() {\n"
  "  static const std::vector<BuiltinDecompositionFile> files = {\n${table}  };\n"
  "  return files;\n}\n")
file(WRITE ${OUTPUT} "${text}")
