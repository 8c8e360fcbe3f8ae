# The onnx C++ library (schemas, checker, shape inference) as a static library,
# built from the sources that the installed onnx wheel ships.

find_program(PROTOC_PROGRAM protoc)
find_library(PROTOBUF_LIBRARY protobuf)
if(NOT PROTOC_PROGRAM OR NOT PROTOBUF_LIBRARY)
  message(FATAL_ERROR "protobuf is missing (Debian: apt-get install "
    "libprotobuf-dev protobuf-compiler; `make setup` does it)")
endif()

get_filename_component(ONNX_ROOT ${ONNX_DIR} DIRECTORY)
set(ONNX_GENERATED_DIR ${CMAKE_BINARY_DIR}/onnx-generated)
set(ONNX_PROTO_SOURCES)
foreach(proto onnx-ml onnx-operators-ml onnx-data)
  set(out ${ONNX_GENERATED_DIR}/onnx/${proto}.pb)
  add_custom_command(
    OUTPUT ${out}.cc ${out}.h
    COMMAND ${CMAKE_COMMAND} -E make_directory ${ONNX_GENERATED_DIR}
    COMMAND ${PROTOC_PROGRAM} -I${ONNX_ROOT} --cpp_out=${ONNX_GENERATED_DIR}
            ${ONNX_DIR}/${proto}.proto
    DEPENDS ${ONNX_DIR}/${proto}.proto)
  list(APPEND ONNX_PROTO_SOURCES ${out}.cc)
endforeach()

# The wheel's Python binding is the one source that is left out.
file(GLOB_RECURSE ONNX_SOURCES RELATIVE ${ONNX_DIR} ${ONNX_DIR}/*.cc)
list(FILTER ONNX_SOURCES EXCLUDE REGEX "cpp2py_export|^fuzz/|^test/|^backend/")
list(TRANSFORM ONNX_SOURCES PREPEND ${ONNX_DIR}/)

add_library(onnx_static STATIC ${ONNX_PROTO_SOURCES} ${ONNX_SOURCES})
target_include_directories(onnx_static SYSTEM PUBLIC ${ONNX_GENERATED_DIR} ${ONNX_ROOT})
target_compile_definitions(onnx_static PUBLIC
  ONNX_ML=1 ONNX_NAMESPACE=onnx __STDC_FORMAT_MACROS)
target_compile_options(onnx_static PRIVATE -w -O1)
set_target_properties(onnx_static PROPERTIES CXX_STANDARD 17)
target_link_libraries(onnx_static PUBLIC ${PROTOBUF_LIBRARY})
