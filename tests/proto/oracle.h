// The schema table as libprotobuf sees it, and random messages of it.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/dynamic_message.h>

#include <memory>
#include <random>
#include <string>
#include <string_view>

namespace icecore::inline v0 {

// All messages of the schema table as libprotobuf's dynamic messages.
class Oracle {
 public:
  Oracle();

  // By the schema's name, "AttrValue.ListValue".
  std::unique_ptr<google::protobuf::Message> make(std::string_view name);
  // Every field may be set, messages inside down to `depth`; numbers and strings are often those at
  // the edges. NaN isn't among them, so that equal messages have equal bytes.
  std::unique_ptr<google::protobuf::Message> random(std::string_view name, std::mt19937& dice,
                                                    int depth);

 private:
  google::protobuf::DescriptorPool pool_;
  google::protobuf::DynamicMessageFactory factory_;
};

// Maps sorted by key.
std::string serialized(const google::protobuf::Message& message);

// Somewhere in bytes that aren't empty.
void flip_one_bit(std::string& bytes, std::mt19937& dice);

}  // namespace icecore::inline v0
