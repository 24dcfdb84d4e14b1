import { describe, expect, it } from "vitest";
import { filesOfPart, modulesOf } from "./files-of-part";

describe("files of a part", () => {
  it("are its record, the module its environment calls, and its code", () => {
    const modules = modulesOf(['# A comment.\nmodule "vector_store" {\n  size   = local.size\n  source = "../../modules/aurora_postgres"\n}']);
    const paths = ["docs/adr/0003-vector-store-pgvector.md", "docs/adr/0004-store-s3.md", "infra/modules/aurora_postgres/main.tf", "infra/modules/vpc/main.tf"];
    expect(filesOfPart("vector_store", "aurora_pgvector", paths, modules)).toEqual([paths[0], paths[2]]);
    expect(filesOfPart("store", "s3_lake", paths, modules)).toEqual([paths[1]]);
  });
});
