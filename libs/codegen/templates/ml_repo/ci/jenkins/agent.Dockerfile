# What each stage of the Jenkinsfile runs in. Build: docker build -f ci/jenkins/agent.Dockerfile ci
ARG AGENT=jenkins/inbound-agent:jdk21
ARG BASE=python:3.11-slim
FROM ${AGENT} AS agent

FROM ${BASE}
COPY --from=agent /opt/java/openjdk /opt/java/openjdk
COPY --from=agent /usr/share/jenkins /usr/share/jenkins
COPY --from=agent /usr/local/bin/jenkins-agent /usr/local/bin/jenkins-agent
COPY tools.sh /tmp/tools.sh
RUN apt-get update \
 && apt-get install --yes --no-install-recommends awscli curl git jq libgomp1 make maven unzip zip \
 && rm -rf /var/lib/apt/lists/* \
 && bash /tmp/tools.sh /usr/local/bin \
 && useradd --create-home --uid 1000 jenkins
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:$PATH
USER jenkins
WORKDIR /home/jenkins
ENTRYPOINT ["/usr/local/bin/jenkins-agent"]
