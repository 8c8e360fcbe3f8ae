//===- TorchBase.td - The torch dialect and its base classes --------------===//

#ifndef TORCHONNX_DIALECTS_TORCH_TORCHBASE
#define TORCHONNX_DIALECTS_TORCH_TORCHBASE

include "mlir/IR/OpBase.td"

def Torch_Dialect : Dialect {
  let name = "torch";
  let cppNamespace = "::torchonnx::Torch";
  let summary = "PyTorch's operators with value semantics";
  let description = [{
    One operation for each operator of LibTorch's registry that is on one of
    the family lists, with the operands of its schema, in order, every one of
    them an SSA value. An operator of no list is a `torch.operator`.
  }];
  let useDefaultTypePrinterParser = 1;
  let hasConstantMaterializer = 1;
  let dependentDialects = ["::torchonnx::Symbolic::SymbolicDialect"];
  let extraClassDeclaration = [{
    /// The schema of the operator `key` ("aten.add.Tensor"), if it is listed.
    static const OpSchema *lookupSchema(::llvm::StringRef key);
    /// The schema of `name`'s operator, if it is generated.
    static const OpSchema *lookupSchema(::mlir::OperationName name);
    /// All schemas, in the order of the families and their lists.
    static ::llvm::ArrayRef<const OpSchema *> getSchemas();

    /// Operations that define no syntax of their own share the one of the
    /// generated operations.
    std::optional<ParseOpHook>
    getParseOperationHook(::llvm::StringRef opName) const override;
    ::llvm::unique_function<void(::mlir::Operation *, ::mlir::OpAsmPrinter &)>
    getOperationPrinter(::mlir::Operation *op) const override;
    /// The effects of generated operations follow from their schemas.
    void *getRegisteredInterfaceForOp(::mlir::TypeID interfaceID,
                                      ::mlir::OperationName opName) override;

  private:
    void registerTypes();
    void registerSchemaOps();
  public:
  }];
}

#endif // TORCHONNX_DIALECTS_TORCH_TORCHBASE
