locals {
  labels = { app = "serve" }

  # Asked for is what a node has free even when all add-ons meet on it: the kubelet keeps up to 1 % and 50m, the agents of every node ask
  # for 450m, with GPUs for 250m more, and CoreDNS, metrics-server and the CloudWatch operator for 500m. They go before the service, so
  # a node that cannot hold both has no copy. There is no limit: the copy uses what the others leave. Of memory system and add-ons have
  # up to a quarter.
  cpu    = "${floor(data.aws_ec2_instance_type.node.default_vcpus * 990) - 1300 - 100 * length(local.collectors)}m"
  memory = "${floor(data.aws_ec2_instance_type.node.memory_size * 0.75) - 256 * length(local.collectors)}Mi"

  security = {
    allowPrivilegeEscalation = false
    readOnlyRootFilesystem   = true
    capabilities             = { drop = ["ALL"] }
  }

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
        type     = "NodePort"
        selector = local.labels
        # Every node passes requests to any ready copy: while its own is exchanged, a node stays a target that answers.
        externalTrafficPolicy = "Cluster"
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
    containers = concat([{
      name            = "serve"
      image           = var.image
      env             = [for name, value in local.environment : { name = name, value = value }]
      ports           = [{ name = "http", containerPort = local.port }]
      resources       = { requests = { cpu = local.cpu, memory = local.memory }, limits = { memory = local.memory } }
      securityContext = local.security
      readinessProbe  = { httpGet = { path = "/ready", port = "http" }, periodSeconds = 5, failureThreshold = 3 }
      livenessProbe   = { httpGet = { path = "/health", port = "http" }, periodSeconds = 10, failureThreshold = 6 }
      startupProbe    = { httpGet = { path = "/health", port = "http" }, periodSeconds = 5, failureThreshold = 60 }
      # The nodes hear of the end, and pass requests to other copies, before the server stops.
      lifecycle    = { preStop = { exec = { command = ["sleep", "20"] } } }
      volumeMounts = [{ name = "work", mountPath = "/tmp" }]
    }], local.collectors)
    volumes = [{ name = "work", emptyDir = {} }]
  }
}
