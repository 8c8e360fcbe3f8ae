# `ninja docs`: the reference of dialects and passes, in docs/ of the build, from
# the descriptions in their .td files.

add_custom_target(docs)

function(torchonnx_reference name source)
  set(output ${CMAKE_BINARY_DIR}/docs/${name}.md)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/docs
    COMMAND ${MLIR_TABLEGEN_EXE} ${ARGN} ${CMAKE_SOURCE_DIR}/${source} -o ${output}
            -I${CMAKE_SOURCE_DIR} -I${CMAKE_BINARY_DIR} -I${MLIR_INCLUDE_DIRS}
    DEPENDS ${CMAKE_SOURCE_DIR}/${source}
    VERBATIM)
  add_custom_target(docs.${name} DEPENDS ${output})
  add_dependencies(docs docs.${name})
endfunction()

torchonnx_reference(TorchDialect dialects/Torch/TorchOps.td
                    -gen-dialect-doc -dialect=torch)
torchonnx_reference(OnnxDialect dialects/Onnx/OnnxOps.td
                    -gen-dialect-doc -dialect=onnx)
foreach(stage Legalize InferShapes Decompose TorchToOnnx OptimizeOnnx LegalizeOpset)
  torchonnx_reference(${stage} passes/${stage}/Passes.td -gen-pass-doc)
endforeach()
