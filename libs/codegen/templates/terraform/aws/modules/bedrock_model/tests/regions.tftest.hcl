mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { region = "eu-central-1" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\": \"2012-10-17\", \"Statement\": []}" }
  }
}

variables {
  name            = "assistant-dev"
  purpose         = "Llm"
  model_id        = "amazon.nova-lite-v1:0"
  alarm_topic_arn = "arn:aws:sns:eu-central-1:123456789012:alarms"
}

run "a_model_of_the_region_stays_in_it" {
  command = plan

  variables {
    geography = ""
  }

  assert {
    condition     = data.aws_iam_policy_document.invoke.statement[0].resources == toset(["arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0"])
    error_message = "Only the model of this region may be called."
  }
}

run "a_profile_is_called_by_its_own_name" {
  command = plan

  variables {
    geography = "eu"
  }

  assert {
    condition     = output.environment["LLM_MODEL"] == "eu.amazon.nova-lite-v1:0"
    error_message = "The code has to call the profile."
  }
}
