#!/usr/bin/env bash
# Gathers what the Flink application runs with into pipelines/flink/lib: the connectors of Flink for Kinesis, and the code
# and packages that its script imports. Terraform packs the folder. Needs mvn, python3 and zip.
set -euo pipefail
connectors=org.apache.flink:flink-sql-connector-aws-kinesis-streams:5.0.0-1.20
library=$PWD/pipelines/flink/lib
packages=$(mktemp -d)
mkdir -p "$library"
mvn --batch-mode --quiet --strict-checksums dependency:copy -Dartifact="$connectors" \
  -DoutputDirectory="$packages" -Dmdep.stripVersion=true
mv "$packages"/*.jar "$library/connectors.jar"
python3 -m pip install --quiet --no-compile --require-hashes --requirement requirements.lock --target "$packages" \
  --platform manylinux2014_x86_64 --platform manylinux_2_28_x86_64 --python-version 3.11 --only-binary :all:
cp -r src/. data/schema.json "$packages"
# The authorities of Amazon RDS, where the code talks to a database; RDS_CA_URL names a mirror.
if grep -q '^psycopg' requirements.lock; then
  python3 -c "import sys, urllib.request; urllib.request.urlretrieve(*sys.argv[1:])" \
    "${RDS_CA_URL:-https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem}" "$packages/rds-global-bundle.pem"
fi
# The same content makes the same archive, so that an unchanged application is not started anew.
cd "$packages"
find . -name __pycache__ -prune -exec rm -rf {} +
find . -exec touch -h -d @315532800 {} +
rm -f "$library/python.zip"
find . -type f | LC_ALL=C sort | zip -q -X -@ "$library/python.zip"
