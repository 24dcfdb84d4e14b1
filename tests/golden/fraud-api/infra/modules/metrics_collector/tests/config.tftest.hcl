# terraform test, without an account: nothing is asked of AWS.
mock_provider "aws" {}

variables {
  job_name         = "example-dev-serve"
  port             = 8000
  remote_write_url = "https://aps-workspaces.us-east-1.amazonaws.com/workspaces/ws-0123/api/v1/remote_write"
  signing_region   = "us-east-1"
  platform         = "ecs"
}

run "each_task_has_series_of_its_own" {
  command = plan

  assert {
    condition     = yamldecode(output.config).processors.resource.attributes[0].from_attribute == "aws.ecs.task.arn"
    error_message = "All tasks are scraped as localhost: the task tells them apart."
  }

  assert {
    condition     = yamldecode(output.config).service.pipelines.metrics.processors == ["resourcedetection", "resource"]
    error_message = "The task is found out before it becomes the instance."
  }
}

run "each_pod_has_series_of_its_own" {
  command = plan

  variables {
    platform = "pod"
  }

  assert {
    condition     = yamldecode(output.config).processors.resource.attributes[0].value == "$${env:POD_NAME}"
    error_message = "All pods are scraped as localhost: the name of the pod tells them apart."
  }
}

run "requests_are_signed_for_the_region_of_the_workspace" {
  command = plan

  assert {
    condition     = yamldecode(output.config).extensions.sigv4auth.region == "us-east-1"
    error_message = "A service in another region writes to the workspace of the first."
  }
}

run "a_prometheus_of_ones_own_takes_no_signature" {
  command = plan

  variables {
    signing_region = null
  }

  assert {
    condition     = !strcontains(output.config, "sigv4auth")
    error_message = "Only Amazon Managed Prometheus wants requests signed."
  }
}
