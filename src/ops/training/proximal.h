// The step of forward-backward splitting (Fobos).
#pragma once

namespace icecore::inline v0 {

// `stepped` is the variable after its gradient step; what the l1 and l2 penalties leave of it.
template <typename T>
T proximal_step(T stepped, T rate, T l1, T l2) {
  const T shrink = T(1) + l2 * rate;
  if (!(l1 > T(0))) return stepped / shrink;
  const T size = stepped < T(0) ? T(-stepped) : stepped;
  const T left = size - rate * l1;
  const T kept = left > T(0) ? left : T(0);
  return (stepped < T(0) ? T(-kept) : kept) / shrink;
}

}  // namespace icecore::inline v0
