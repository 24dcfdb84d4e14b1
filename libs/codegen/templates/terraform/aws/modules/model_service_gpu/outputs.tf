output "environment" {
  description = "What the code needs to know to call the model."
  value       = merge(var.announced, { (var.endpoint_variable) = "https://${local.host}" })
}

output "access_policy" {
  description = "IAM policy document without a statement: who may call it is a matter of the network."
  value       = data.aws_iam_policy_document.none.json
}

data "aws_iam_policy_document" "none" {}

output "service" {
  description = "Name of the service in the cluster."
  value       = local.full_name
}

output "widgets" {
  description = "Metrics for the dashboard."
  value = [
    {
      title   = "${local.full_name}: time of an answer p95, s"
      metrics = [concat(["AWS/ApplicationELB", "TargetResponseTime"], flatten([for name, value in local.dimensions : [name, value]]))]
      stat    = "p95"
    },
    {
      title   = "${local.full_name}: requests of a replica, a minute"
      metrics = [concat(["AWS/ApplicationELB", "RequestCountPerTarget"], flatten([for name, value in local.dimensions : [name, value]]))]
      stat    = "Sum"
    },
  ]
}

output "log_group" {
  description = "Log group of what runs here."
  value       = aws_cloudwatch_log_group.this.name
}
