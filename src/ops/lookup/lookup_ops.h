// Tables from keys to values, which live in a Session.
#pragma once

#include "ops/standard_ops.h"

namespace icecore::inline v0 {

OpTable lookup_ops();

// hash_table.cc
void table_reference_shape(ShapeContext&);
void table_handle_shape(ShapeContext&);
void mutable_table_handle_shape(ShapeContext&);
Kernel hash_table_kernel(const NodeInfo&);
Kernel mutable_hash_table_kernel(const NodeInfo&);

// table_values.cc
void table_find_shape(ShapeContext&);
void table_size_shape(ShapeContext&);
void table_change_shape(ShapeContext&);
void table_import_shape(ShapeContext&);
void table_export_shape(ShapeContext&);
void table_remove_shape(ShapeContext&);
Kernel table_find_kernel(const NodeInfo&);
Kernel table_size_kernel(const NodeInfo&);
Kernel table_insert_kernel(const NodeInfo&);
Kernel table_import_kernel(const NodeInfo&);
Kernel table_export_kernel(const NodeInfo&);
Kernel table_remove_kernel(const NodeInfo&);

// initialize_table.cc
void initialize_table_shape(ShapeContext&);
void initialize_table_from_file_shape(ShapeContext&);
Kernel initialize_table_kernel(const NodeInfo&);
Kernel initialize_table_from_file_kernel(const NodeInfo&);

}  // namespace icecore::inline v0
