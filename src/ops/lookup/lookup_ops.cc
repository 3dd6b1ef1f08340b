#include "ops/lookup/lookup_ops.h"

#include <icecore/shape_context.h>

namespace icecore::inline v0 {

OpTable lookup_ops() {
  static constexpr OpImplementation kTable[] = {
      {"HashTable", table_reference_shape, hash_table_kernel, not_differentiable},
      {"HashTableV2", table_handle_shape, hash_table_kernel, not_differentiable},
      {"InitializeTable", initialize_table_shape, initialize_table_kernel, not_differentiable},
      {"InitializeTableFromTextFile", initialize_table_from_file_shape,
       initialize_table_from_file_kernel, not_differentiable},
      {"InitializeTableFromTextFileV2", initialize_table_from_file_shape,
       initialize_table_from_file_kernel, not_differentiable},
      {"InitializeTableV2", initialize_table_shape, initialize_table_kernel, not_differentiable},
      {"LookupTableExport", table_export_shape, table_export_kernel},
      {"LookupTableExportV2", table_export_shape, table_export_kernel},
      {"LookupTableFind", table_find_shape, table_find_kernel, not_differentiable},
      {"LookupTableFindV2", table_find_shape, table_find_kernel, not_differentiable},
      {"LookupTableImport", table_change_shape, table_import_kernel},
      {"LookupTableImportV2", table_import_shape, table_import_kernel},
      {"LookupTableInsert", table_change_shape, table_insert_kernel, not_differentiable},
      {"LookupTableInsertV2", table_change_shape, table_insert_kernel, not_differentiable},
      {"LookupTableRemoveV2", table_remove_shape, table_remove_kernel},
      {"LookupTableSize", table_size_shape, table_size_kernel, not_differentiable},
      {"LookupTableSizeV2", table_size_shape, table_size_kernel, not_differentiable},
      {"MutableHashTable", table_reference_shape, mutable_hash_table_kernel},
      {"MutableHashTableV2", mutable_table_handle_shape, mutable_hash_table_kernel},
  };
  return kTable;
}

}  // namespace icecore::inline v0
