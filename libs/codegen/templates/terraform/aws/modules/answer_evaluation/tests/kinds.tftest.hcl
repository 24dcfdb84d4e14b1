mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\": \"2012-10-17\", \"Statement\": []}" }
  }
}

variables {
  name             = "assistant-dev"
  judge_model_id   = "amazon.nova-pro-v1:0"
  artifacts_policy = "{\"Version\": \"2012-10-17\", \"Statement\": []}"
}

run "the_service_judges_under_a_role_of_its_own" {
  command = plan

  variables {
    kind          = "bedrock"
    artifacts_arn = "arn:aws:s3:::assistant-dev-artifacts"
  }

  assert {
    condition     = length(aws_iam_role.judge) == 1
    error_message = "Amazon Bedrock Evaluations needs a role."
  }

  assert {
    condition     = alltrue([for action in ["bedrock:CreateModelInvocationJob", "bedrock:InvokeModel", "bedrock:StopModelInvocationJob"] : contains(data.aws_iam_policy_document.judge[0].statement[0].actions, action)])
    error_message = "The documentation of the service names these actions for the role of a judge."
  }
}

run "a_judge_called_by_the_task_needs_no_role" {
  command = plan

  variables {
    kind      = "judge"
    geography = "eu"
  }

  assert {
    condition     = length(aws_iam_role.judge) == 0
    error_message = "Nobody takes that role."
  }

  assert {
    condition     = output.environment["EVALUATION_JUDGE_MODEL"] == "eu.amazon.nova-pro-v1:0"
    error_message = "The task calls its judge by the profile of the geography."
  }
}
