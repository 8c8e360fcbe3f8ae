# A component is one folder's objects. All components form one shared library,
# which the tools, the Python extension and pass plugins load: type identities
# of the dialects must exist once in a process.

include(CheckCXXCompilerFlag)

set(TORCHONNX_WARNINGS -Wall -Wextra -Wno-unused-parameter -Wno-comment)
# GCC accepts any -Wno-..., and complains once it has another warning to print:
# whether it knows a warning, only the positive form tells.
check_cxx_compiler_flag(-Wdangling-reference HAS_WARNING_DANGLING_REFERENCE)
if(HAS_WARNING_DANGLING_REFERENCE)
  list(APPEND TORCHONNX_WARNINGS -Wno-dangling-reference)
endif()

# torchonnx_component(Name SOURCES file... [TORCH | ONNX] [DEPENDS target...])
#   TORCH: the sources include LibTorch's headers.
#   ONNX:  the sources include onnx's or protobuf's headers.
# The two never meet in one component, because LibTorch carries a copy of
# protobuf's headers of another version.
#
# Tablegen's headers of every dialect and pass exist before any component
# compiles (target torchonnx-headers), so DEPENDS names other things only.
add_custom_target(torchonnx-headers)

function(torchonnx_component name)
  cmake_parse_arguments(ARG "TORCH;ONNX" "" "SOURCES;DEPENDS" ${ARGN})
  if(ARG_TORCH AND ARG_ONNX)
    message(FATAL_ERROR "${name}: LibTorch's and onnx's headers do not compile together")
  endif()
  add_library(obj.${name} OBJECT ${ARG_SOURCES})
  add_dependencies(obj.${name} torchonnx-headers ${ARG_DEPENDS})
  target_compile_options(obj.${name} PRIVATE ${TORCHONNX_WARNINGS})
  if(ARG_TORCH)
    target_link_libraries(obj.${name} PRIVATE libtorch)
  endif()
  if(ARG_ONNX)
    target_link_libraries(obj.${name} PRIVATE onnx_static)
  endif()
  set_property(GLOBAL APPEND PROPERTY TORCHONNX_COMPONENTS obj.${name})
endfunction()

# Names a target that produces headers which components may include.
function(torchonnx_generated_headers target)
  add_dependencies(torchonnx-headers ${target})
endfunction()

# torchonnx_tablegen(source.td output.inc flags...): one tablegen output next to
# the source in the build tree; the target is collected by torchonnx_tablegen_target.
function(torchonnx_tablegen source output)
  set(LLVM_TARGET_DEFINITIONS ${source})
  mlir_tablegen(${output} ${ARGN} -I${CMAKE_SOURCE_DIR} -I${CMAKE_BINARY_DIR})
  set(TABLEGEN_OUTPUT ${TABLEGEN_OUTPUT} PARENT_SCOPE)
endfunction()

function(torchonnx_tablegen_target name)
  add_public_tablegen_target(${name})
  torchonnx_generated_headers(${name})
endfunction()

function(torchonnx_shared_library)
  get_property(components GLOBAL PROPERTY TORCHONNX_COMPONENTS)
  set(objects)
  foreach(component ${components})
    list(APPEND objects $<TARGET_OBJECTS:${component}>)
  endforeach()
  configure_file(${PROJECT_SOURCE_DIR}/cmake/Version.cpp.in
                 ${PROJECT_BINARY_DIR}/cmake/Version.cpp @ONLY)
  add_library(TorchOnnxOpt SHARED ${PROJECT_BINARY_DIR}/cmake/Version.cpp ${objects})
  target_link_libraries(TorchOnnxOpt
    PUBLIC MLIR LLVM
    PRIVATE libtorch -Wl,--whole-archive onnx_static -Wl,--no-whole-archive)
  # Only our own symbols leave the library: a process may hold another onnx.
  target_link_options(TorchOnnxOpt PRIVATE -Wl,--exclude-libs,libonnx_static.a)
  set_target_properties(TorchOnnxOpt PROPERTIES
    BUILD_RPATH "${TORCH_DIR}/lib" LINK_DEPENDS_NO_SHARED ON)
endfunction()
