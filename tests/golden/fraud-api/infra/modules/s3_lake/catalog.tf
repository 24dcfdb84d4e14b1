locals {
  # How engines read the files of a format.
  formats = {
    parquet = {
      input  = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"
      output = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"
      reader = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
    }
    json = {
      input  = "org.apache.hadoop.mapred.TextInputFormat"
      output = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"
      reader = "org.openx.data.jsonserde.JsonSerDe"
    }
  }
}

resource "aws_glue_catalog_database" "this" {
  count        = length(var.tables) > 0 ? 1 : 0
  name         = replace(var.name, "-", "_")
  description  = "Tables of ${var.name}"
  location_uri = "s3://${module.bucket.id}/curated/"
}

resource "aws_glue_catalog_table" "this" {
  for_each      = var.tables
  name          = each.key
  database_name = aws_glue_catalog_database.this[0].name
  description   = "What batches of ${var.name} have left, each in a folder of its own"
  table_type    = "EXTERNAL_TABLE"
  parameters    = { classification = each.value.format }

  # Engines read every file below it, except those whose names, or whose folders' names, begin with an underscore.
  storage_descriptor {
    location      = "s3://${module.bucket.id}/curated/${each.key}/"
    input_format  = local.formats[each.value.format].input
    output_format = local.formats[each.value.format].output

    ser_de_info {
      serialization_library = local.formats[each.value.format].reader
    }

    dynamic "columns" {
      for_each = each.value.columns

      content {
        name = columns.value.name
        type = columns.value.type
      }
    }
  }
}
