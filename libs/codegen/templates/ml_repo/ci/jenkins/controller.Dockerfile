# The Jenkins controller with its plug-ins. Build: docker build -f ci/jenkins/controller.Dockerfile ci
ARG BASE=jenkins/jenkins:lts-jdk21
FROM ${BASE}
COPY jenkins/plugins.txt /usr/share/jenkins/ref/plugins.txt
RUN jenkins-plugin-cli --plugin-file /usr/share/jenkins/ref/plugins.txt
