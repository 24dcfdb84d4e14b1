locals {
  labels = { app = "serve" }

  # The node's agents and add-ons have the rest, as the plan reckons.
  cpu    = "${floor(data.aws_ec2_instance_type.node.default_vcpus * 0.75 * 1000)}m"
  memory = "${floor(data.aws_ec2_instance_type.node.memory_size * 0.75)}Mi"

  manifests = [
    {
      apiVersion = "v1"
      kind       = "Namespace"
      metadata = {
        name   = local.namespace
        labels = { "pod-security.kubernetes.io/enforce" = "restricted" }
      }
    },
    {
      apiVersion = "apps/v1"
      kind       = "DaemonSet"
      metadata   = { name = "serve", namespace = local.namespace, labels = local.labels }
      spec = {
        selector       = { matchLabels = local.labels }
        updateStrategy = { type = "RollingUpdate", rollingUpdate = { maxUnavailable = 1 } }
        template       = { metadata = { labels = local.labels }, spec = local.pod }
      }
    },
    {
      apiVersion = "v1"
      kind       = "Service"
      metadata   = { name = "serve", namespace = local.namespace, labels = local.labels }
      spec = {
        type                  = "NodePort"
        selector              = local.labels
        externalTrafficPolicy = "Local"
        ports                 = [{ name = "http", port = local.port, targetPort = local.port, nodePort = local.node_port }]
      }
    },
  ]

  pod = {
    terminationGracePeriodSeconds = 60
    securityContext = {
      runAsNonRoot   = true
      runAsUser      = 10001
      seccompProfile = { type = "RuntimeDefault" }
    }
    containers = [{
      name      = "serve"
      image     = var.image
      env       = [for name, value in local.environment : { name = name, value = value }]
      ports     = [{ name = "http", containerPort = local.port }]
      resources = { requests = { cpu = local.cpu, memory = local.memory }, limits = { memory = local.memory } }
      securityContext = {
        allowPrivilegeEscalation = false
        readOnlyRootFilesystem   = true
        capabilities             = { drop = ["ALL"] }
      }
      readinessProbe = { httpGet = { path = "/ready", port = "http" }, periodSeconds = 5, failureThreshold = 3 }
      livenessProbe  = { httpGet = { path = "/health", port = "http" }, periodSeconds = 10, failureThreshold = 6 }
      startupProbe   = { httpGet = { path = "/health", port = "http" }, periodSeconds = 5, failureThreshold = 60 }
      # The load balancer hears of the end before the server stops.
      lifecycle    = { preStop = { exec = { command = ["sleep", "20"] } } }
      volumeMounts = [{ name = "work", mountPath = "/tmp" }]
    }]
    volumes = [{ name = "work", emptyDir = {} }]
  }
}
