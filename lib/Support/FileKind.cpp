//===- FileKind.cpp - What a file is, by its content ----------------------===//

#include "lib/Support/FileKind.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"

using namespace llvm;

namespace torchonnx {

namespace {

uint16_t read16(StringRef data, size_t at) {
  return support::endian::read16le(data.data() + at);
}
uint32_t read32(StringRef data, size_t at) {
  return support::endian::read32le(data.data() + at);
}
uint64_t read64(StringRef data, size_t at) {
  return support::endian::read64le(data.data() + at);
}

struct ZipMember {
  StringRef name;
  uint64_t headerOffset;
  uint64_t size;
  bool stored;
};

constexpr StringLiteral kEndOfDirectory("PK\5\6");

/// The members of the zip's directory, or nothing if there is none.
std::vector<ZipMember> readDirectory(StringRef data) {
  std::vector<ZipMember> members;
  size_t end = data.rfind(kEndOfDirectory);
  if (end == StringRef::npos || data.size() - end < 22)
    return members;
  uint64_t count = read16(data, end + 10);
  uint64_t offset = read32(data, end + 16);
  // The zip64 record is found through its locator, just before.
  if (end >= 20 && data.substr(end - 20, 4) == "PK\6\7") {
    uint64_t record = read64(data, end - 20 + 8);
    if (record + 56 <= data.size() && data.substr(record, 4) == "PK\6\6") {
      count = read64(data, record + 32);
      offset = read64(data, record + 48);
    }
  }
  for (uint64_t i = 0; i < count; ++i) {
    if (offset > data.size() || data.size() - offset < 46 ||
        data.substr(offset, 4) != "PK\1\2")
      return {};
    ZipMember member;
    member.stored = read16(data, offset + 10) == 0;
    member.size = read32(data, offset + 20);
    uint16_t nameSize = read16(data, offset + 28);
    uint16_t extraSize = read16(data, offset + 30);
    uint16_t commentSize = read16(data, offset + 32);
    member.headerOffset = read32(data, offset + 42);
    if (data.size() - offset - 46 < uint64_t(nameSize) + extraSize)
      return {};
    member.name = data.substr(offset + 46, nameSize);
    members.push_back(member);
    offset += 46 + uint64_t(nameSize) + extraSize + commentSize;
  }
  return members;
}

bool startsWithPickle(StringRef data) {
  return data.size() >= 4 && data[0] == '\x80' && data[1] >= 2 && data[1] <= 5;
}

bool looksLikeText(StringRef data) {
  return llvm::all_of(data.take_front(512), [](char c) {
    return llvm::isPrint(c) || llvm::isSpace(c) || (c & 0x80);
  });
}

/// Comments of the text forms start with `//` (MLIR) or `#` (a graph).
StringRef skipComments(StringRef text) {
  while (true) {
    text = text.ltrim();
    if (!text.starts_with("//") && !text.starts_with("#"))
      return text;
    // `#name = ...` is an attribute alias of MLIR.
    if (text.size() > 1 && text[0] == '#' && llvm::isAlpha(text[1]))
      return text;
    text = text.substr(std::min(text.find('\n'), text.size()));
  }
}

/// An ONNX model starts with one of ModelProto's fields, whose values have a
/// plausible size.
bool looksLikeOnnx(StringRef data) {
  if (data.size() < 2)
    return false;
  unsigned tag = static_cast<unsigned char>(data[0]);
  unsigned field = tag >> 3, wire = tag & 7;
  bool integerField = field == 1 || field == 5;
  bool bytesField = field == 2 || field == 3 || field == 4 || field == 6 ||
                    field == 7 || field == 8 || field == 14;
  if (integerField && wire == 0)
    return field != 1 || static_cast<unsigned char>(data[1]) < 64;
  return bytesField && wire == 2;
}

} // namespace

std::vector<std::string> listZipMembers(StringRef data) {
  std::vector<std::string> names;
  for (const ZipMember &member : readDirectory(data))
    names.push_back(member.name.str());
  return names;
}

StringRef findStoredZipMember(StringRef data, StringRef suffix) {
  for (const ZipMember &member : readDirectory(data)) {
    if (!member.stored || !member.name.ends_with(suffix))
      continue;
    uint64_t at = member.headerOffset;
    if (at > data.size() || data.size() - at < 30)
      return {};
    at += 30 + read16(data, at + 26) + read16(data, at + 28);
    if (at > data.size() || data.size() - at < member.size)
      return {};
    return data.substr(at, member.size);
  }
  return {};
}

std::string getPickledClass(StringRef pickle) {
  StringRef rest = pickle.substr(2);
  // Protocol 4 and up put a frame first.
  if (rest.size() > 9 && rest[0] == '\x95')
    rest = rest.substr(9);
  if (rest.starts_with("c")) {
    auto [module, tail] = rest.substr(1).split('\n');
    StringRef name = tail.split('\n').first;
    if (module == "collections" || module == "torch._utils" ||
        module.starts_with("builtins") || module.starts_with("__builtin__"))
      return "";
    return (module + "." + name).str();
  }
  return "";
}

FileKind detectFileKind(MemoryBufferRef buffer) {
  StringRef data = buffer.getBuffer();
  if (data.empty())
    return FileKind::Empty;
  if (data.starts_with("ML\xefR"))
    return FileKind::MlirBytecode;
  if (data.starts_with("PK\3\4") || data.starts_with("PK\5\6")) {
    std::vector<ZipMember> members = readDirectory(data);
    if (members.empty())
      return data.rfind(kEndOfDirectory) == StringRef::npos
                 ? FileKind::TruncatedZip
                 : FileKind::Zip;
    bool pickle = false, code = false, exported = false;
    for (const ZipMember &member : members) {
      // Members are all in one folder named after the archive.
      StringRef name = member.name.split('/').second;
      pickle |= name == "data.pkl";
      code |= name.starts_with("code/") || name == "constants.pkl" ||
              name == "model.json";
      exported |= name == "archive_format" ||
                  member.name == "serialized_exported_program.json" ||
                  name == "serialized_exported_program.json";
    }
    if (exported)
      return FileKind::TorchExported;
    if (code)
      return FileKind::TorchScript;
    if (!pickle)
      return FileKind::Zip;
    return getPickledClass(findStoredZipMember(data, "/data.pkl")).empty()
               ? FileKind::TorchWeights
               : FileKind::TorchPickle;
  }
  if (data.starts_with("\x80\x02\x8a\nl\xfc\x9c"
                       "F\xf9 j\xa8P\x19."))
    return FileKind::TorchLegacy;
  if (startsWithPickle(data))
    return FileKind::Pickle;
  if (data.size() > 262 && data.substr(257, 5) == "ustar")
    return FileKind::TorchLegacy;
  if (looksLikeText(data) && !data.starts_with("\x08")) {
    if (data.starts_with("version https://git-lfs"))
      return FileKind::LfsPointer;
    StringRef text = skipComments(data);
    return text.starts_with("graph(") ? FileKind::TorchGraphText
                                      : FileKind::MlirText;
  }
  if (looksLikeOnnx(data))
    return FileKind::Onnx;
  return FileKind::Unknown;
}

std::string explainUnreadableFile(FileKind kind, MemoryBufferRef buffer) {
  StringRef data = buffer.getBuffer();
  switch (kind) {
  case FileKind::TorchScript:
  case FileKind::TorchGraphText:
  case FileKind::Onnx:
  case FileKind::MlirText:
  case FileKind::MlirBytecode:
    return "";
  case FileKind::Empty:
    return "is empty";
  case FileKind::TruncatedZip:
    return "is a truncated archive: its directory, which is at the end of the "
           "file, is missing; copy or save the file again";
  case FileKind::TorchWeights:
    return "holds weights only (a state_dict), not a model; convert it with "
           "the "
           "model's class: python -m torch_onnx_opt --model "
           "package.module:Class --weights " +
           buffer.getBufferIdentifier().str() +
           " --input SHAPE, or load it into the model and save that with "
           "torch.jit.trace(model, example).save(...)";
  case FileKind::TorchPickle: {
    std::string name = getPickledClass(findStoredZipMember(data, "/data.pkl"));
    return "holds a pickled Python object (" + name +
           ") made by torch.save(model), which only the Python code of its "
           "class "
           "can read; save the model with torch.jit.trace(model, "
           "example).save(...), or call torch_onnx_opt.export(model, ...) in "
           "Python";
  }
  case FileKind::TorchExported:
    return "is a program of torch.export (.pt2), not TorchScript; save the "
           "model "
           "with torch.jit.trace(model, example).save(...), or call "
           "torch_onnx_opt.export(model, ...) in Python";
  case FileKind::TorchLegacy:
    return "is in the format that torch.save used before PyTorch 1.6, which "
           "holds pickled Python objects and no TorchScript; load it in Python "
           "and save the model with torch.jit.trace(model, example).save(...)";
  case FileKind::Zip:
    return "is a zip archive but not a TorchScript one (it has no code/ and no "
           "constants.pkl); save the model with torch.jit.trace(model, "
           "example).save(...)";
  case FileKind::Pickle:
    return "is a Python pickle, not TorchScript; save the model with "
           "torch.jit.trace(model, example).save(...)";
  case FileKind::LfsPointer:
    return "is a pointer of Git LFS, which stands for the file; fetch the file "
           "itself with git lfs pull";
  case FileKind::OtherText: {
    StringRef line = data.ltrim().split('\n').first.rtrim();
    constexpr size_t kShown = 40;
    return ("is text that begins with '" + line.take_front(kShown) +
            (line.size() > kShown ? "...'" : "'") +
            ", no TorchScript archive or ONNX model")
        .str();
  }
  case FileKind::Unknown:
    return "is no TorchScript archive, ONNX model or MLIR file";
  }
  return "";
}

} // namespace torchonnx
