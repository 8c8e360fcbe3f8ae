//===- SymbolicStorage.h - Uniqued storage of dimensions --------*- C++ -*-===//

#ifndef TORCHONNX_DIALECTS_SYMBOLIC_SYMBOLICSTORAGE_H
#define TORCHONNX_DIALECTS_SYMBOLIC_SYMBOLICSTORAGE_H

#include "dialects/Symbolic/SymbolicDialect.h"
#include "mlir/IR/AttributeSupport.h"

namespace torchonnx::Symbolic::detail {

struct AtomStorage : public mlir::AttributeStorage {
  using KeyTy = std::tuple<AtomAttr::Kind, mlir::StringAttr, DimAttr, DimAttr>;

  explicit AtomStorage(const KeyTy &key) : key(key) {}
  bool operator==(const KeyTy &other) const { return key == other; }
  static llvm::hash_code hashKey(const KeyTy &key) {
    return llvm::hash_combine(static_cast<int>(std::get<0>(key)),
                              std::get<1>(key), std::get<2>(key),
                              std::get<3>(key));
  }
  static AtomStorage *construct(mlir::AttributeStorageAllocator &allocator,
                                const KeyTy &key) {
    return new (allocator.allocate<AtomStorage>()) AtomStorage(key);
  }

  KeyTy key;
};

struct DimStorage : public mlir::AttributeStorage {
  using KeyTy = llvm::ArrayRef<Term>;

  explicit DimStorage(KeyTy terms) : terms(terms) {}
  bool operator==(const KeyTy &other) const {
    return std::equal(terms.begin(), terms.end(), other.begin(), other.end(),
                      [](const Term &a, const Term &b) {
                        return a.coefficient == b.coefficient &&
                               a.factors == b.factors;
                      });
  }
  static llvm::hash_code hashKey(const KeyTy &key) {
    llvm::hash_code code = llvm::hash_value(key.size());
    for (const Term &term : key)
      code = llvm::hash_combine(
          code, term.coefficient,
          llvm::hash_combine_range(term.factors.begin(), term.factors.end()));
    return code;
  }
  static DimStorage *construct(mlir::AttributeStorageAllocator &allocator,
                               const KeyTy &key) {
    llvm::SmallVector<Term> terms;
    for (const Term &term : key)
      terms.push_back({term.coefficient, allocator.copyInto(term.factors)});
    return new (allocator.allocate<DimStorage>())
        DimStorage(allocator.copyInto(llvm::ArrayRef<Term>(terms)));
  }

  llvm::ArrayRef<Term> terms;
};

struct ShapeStorage : public mlir::AttributeStorage {
  using KeyTy = llvm::ArrayRef<DimAttr>;

  explicit ShapeStorage(KeyTy dims) : dims(dims) {}
  bool operator==(const KeyTy &other) const { return dims == other; }
  static llvm::hash_code hashKey(const KeyTy &key) {
    return llvm::hash_combine_range(key.begin(), key.end());
  }
  static ShapeStorage *construct(mlir::AttributeStorageAllocator &allocator,
                                 const KeyTy &key) {
    return new (allocator.allocate<ShapeStorage>())
        ShapeStorage(allocator.copyInto(key));
  }

  llvm::ArrayRef<DimAttr> dims;
};

} // namespace torchonnx::Symbolic::detail

#endif // TORCHONNX_DIALECTS_SYMBOLIC_SYMBOLICSTORAGE_H
