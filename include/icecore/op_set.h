// What is known of each op beyond its signature: its shape function, its kernel, its gradient.
#pragma once

#include <icecore/dtype.h>
#include <icecore/export.h>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icecore::inline v0 {

class GradientContext;
class NodeInfo;
class ShapeContext;
struct Kernel;
struct OpSignature;

// Some of the dtypes.
class TypeSet {
 public:
  constexpr TypeSet() = default;
  constexpr TypeSet(std::initializer_list<DType> types) {
    for (const DType type : types) bits_ |= std::uint64_t{1} << static_cast<unsigned>(type);
  }
  constexpr bool contains(DType type) const {
    return (bits_ >> static_cast<unsigned>(type) & 1) != 0;
  }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr TypeSet operator|(TypeSet other) const {
    TypeSet sum;
    sum.bits_ = bits_ | other.bits_;
    return sum;
  }

 private:
  std::uint64_t bits_ = 0;
};

// Sets the shapes of a node's outputs from those of its inputs (icecore/shape_context.h).
using ShapeFunction = void (*)(ShapeContext&);
// Makes the node's kernel: reads attributes, chooses by dtype (icecore/kernel.h).
using KernelFactory = Kernel (*)(const NodeInfo&);
// Adds the nodes that compute the gradients with respect to the op's inputs
// (icecore/gradient_context.h).
using GradientFunction = void (*)(GradientContext&);

// The gradient function of an op through which no gradient flows (Shape, ArgMax): all its inputs
// get none. An op whose gradient function is null is an error on the way of a gradient.
ICECORE_API void not_differentiable(GradientContext&);

// One line of a family's table. Null: not there.
struct OpImplementation {
  std::string_view op;
  ShapeFunction shape = nullptr;
  KernelFactory kernel = nullptr;
  GradientFunction gradient = nullptr;
  // The dtypes that the kernel takes for the attribute `type_attr`; empty: whatever the signature
  // allows.
  TypeSet types = {};
  std::string_view type_attr = "T";
};

// A value: copies share what they have, and adding to one changes no other. To teach a graph or a
// Session an op of your own, copy standard_ops(), add to it, and give it to GraphBuilder and
// Session.
//
// Threads: const functions may be called from any thread.
class ICECORE_API OpSet {
 public:
  // The signatures of TensorFlow's ops, and nothing beyond: graphs can be read, written, frozen.
  OpSet();

  // A table of implementations; the strings must outlive the set (literals). A later line replaces
  // an earlier one for the same op. INVALID_ARGUMENT where an op has no signature.
  void add(std::span<const OpImplementation> table);
  // The signature of an op that TensorFlow lacks, or another one for one that it has, as
  // src/opdef's files write them: "ZeroOut(to_zero: int32) -> (zeroed: int32)".
  void add_signature(std::string_view signature);

  // Null where there is none.
  std::shared_ptr<const OpSignature> signature(std::string_view op) const;
  const OpImplementation* find(std::string_view op) const;
  // Those with an implementation, sorted by name.
  std::vector<const OpImplementation*> all() const;

 private:
  struct Data;
  std::shared_ptr<Data> data_;
};

// Every op that Icecore implements. Part of libicecore_runtime.
ICECORE_API const OpSet& standard_ops();

}  // namespace icecore::inline v0
