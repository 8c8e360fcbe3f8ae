# Finds what the project is built with: MLIR from the system's packages,
# LibTorch and the onnx sources from the Python environment.

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  add_link_options(-fuse-ld=mold)
endif()

# A registration unit of a large dialect takes about 1 GB and one that includes
# LibTorch's headers 1.5 GB, so the number of parallel compiles follows the
# memory, not only the cores.
cmake_host_system_information(RESULT TORCHONNX_MEMORY_MB QUERY TOTAL_PHYSICAL_MEMORY)
cmake_host_system_information(RESULT TORCHONNX_CORES QUERY NUMBER_OF_LOGICAL_CORES)
math(EXPR TORCHONNX_JOBS "${TORCHONNX_MEMORY_MB} / 3000")
if(TORCHONNX_JOBS LESS 1)
  set(TORCHONNX_JOBS 1)
endif()
if(TORCHONNX_JOBS GREATER TORCHONNX_CORES)
  set(TORCHONNX_JOBS ${TORCHONNX_CORES})
endif()
set_property(GLOBAL PROPERTY JOB_POOLS compile=${TORCHONNX_JOBS} link=1)
set(CMAKE_JOB_POOL_COMPILE compile)
set(CMAKE_JOB_POOL_LINK link)

find_package(MLIR 19.1 REQUIRED CONFIG
             HINTS /usr/lib/llvm-19/lib/cmake/mlir)
list(APPEND CMAKE_MODULE_PATH ${MLIR_CMAKE_DIR} ${LLVM_CMAKE_DIR})
# TableGen's dependency files name their outputs from the root of the build, as
# Ninja does, and must reach it as they are, or each build makes them again.
cmake_policy(SET CMP0116 OLD)
include(TableGen)
include(AddLLVM)
include(AddMLIR)
include_directories(SYSTEM ${LLVM_INCLUDE_DIRS} ${MLIR_INCLUDE_DIRS})
add_definitions(${LLVM_DEFINITIONS})

if(NOT Python3_EXECUTABLE AND EXISTS ${CMAKE_SOURCE_DIR}/.venv/bin/python)
  set(Python3_EXECUTABLE ${CMAKE_SOURCE_DIR}/.venv/bin/python)
endif()
find_package(Python3 3.10 REQUIRED COMPONENTS Interpreter Development.Module)

# Sets <prefix>_DIR and <prefix>_VERSION of an installed Python package, without
# importing it.
function(torchonnx_python_package package prefix)
  execute_process(
    COMMAND ${Python3_EXECUTABLE} -c
      "import importlib.util as u, importlib.metadata as m; print(u.find_spec('${package}').submodule_search_locations[0], m.version('${package}'), sep=';')"
    OUTPUT_VARIABLE found OUTPUT_STRIP_TRAILING_WHITESPACE
    RESULT_VARIABLE status ERROR_QUIET)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR
      "The Python environment ${Python3_EXECUTABLE} has no package '${package}'. "
      "`make setup` creates one that has.")
  endif()
  list(GET found 0 dir)
  list(GET found 1 version)
  set(${prefix}_DIR ${dir} PARENT_SCOPE)
  set(${prefix}_VERSION ${version} PARENT_SCOPE)
endfunction()

torchonnx_python_package(torch TORCH)
torchonnx_python_package(onnx ONNX)

# LibTorch is described here, and not by its own CMake package, because that
# package also demands every toolkit that PyTorch itself was built with.
add_library(libtorch INTERFACE)
target_include_directories(libtorch SYSTEM INTERFACE
  ${TORCH_DIR}/include ${TORCH_DIR}/include/torch/csrc/api/include)
target_link_directories(libtorch INTERFACE ${TORCH_DIR}/lib)
target_link_libraries(libtorch INTERFACE torch torch_cpu c10)
target_link_options(libtorch INTERFACE -Wl,-rpath,${TORCH_DIR}/lib)
