# Kafka Connect with what the sink needs. Build in a folder that holds both downloads: docker build -f connect.Dockerfile .
# Kafka of the version that the cluster runs; CI pins the digest it has tested with BASE.
ARG BASE=apache/kafka:3.9.1
FROM ${BASE}
COPY aws-msk-iam-auth-*-all.jar /opt/kafka/libs/
COPY confluentinc-kafka-connect-s3 /opt/connect/confluentinc-kafka-connect-s3
# The root file system is read-only in the cluster; a volume declared here keeps /tmp writable for this user.
VOLUME ["/tmp"]
# The base image runs as this user, whose number is its own affair.
# hadolint ignore=DL3066
USER appuser
