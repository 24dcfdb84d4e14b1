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

  mock_resource "aws_bedrock_inference_profile" {
    defaults = { arn = "arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/hq2of259skzs" }
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

  assert {
    condition     = length(aws_bedrock_inference_profile.this) == 0 && !contains(keys(output.environment), "LLM_PROFILE")
    error_message = "A model without a geography is called itself."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.throttled.dimensions["ModelId"] == "amazon.nova-lite-v1:0"
    error_message = "The alarms watch what is called."
  }
}

run "a_model_of_a_geography_is_called_through_a_profile_of_the_environment" {
  variables {
    geography       = "eu"
    fallback_region = "eu-west-1"
  }

  assert {
    condition     = output.environment["LLM_MODEL"] == "eu.amazon.nova-lite-v1:0"
    error_message = "The code has to know which model it calls."
  }

  assert {
    condition = { for region, profile in aws_bedrock_inference_profile.this : region => profile.model_source[0].copy_from } == {
      eu-central-1 = "arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.amazon.nova-lite-v1:0"
      eu-west-1    = "arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.amazon.nova-lite-v1:0"
    }
    error_message = "Each region that is called has a profile that stands for the one of the geography."
  }

  assert {
    condition     = alltrue([for profile in aws_bedrock_inference_profile.this : contains(data.aws_iam_policy_document.invoke.statement[0].resources, profile.arn)])
    error_message = "Whoever calls the model may call the profile."
  }

  assert {
    condition = alltrue([
      for name in ["LLM_PROFILE", "LLM_FALLBACK_PROFILE"] :
      output.environment[name] == "arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/hq2of259skzs"
    ])
    error_message = "The code calls the profiles."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.throttled.dimensions["ModelId"] == "hq2of259skzs"
    error_message = "Bedrock counts calls of a profile under its id."
  }
}

run "embeddings_have_no_profile" {
  command = plan

  variables {
    purpose   = "Embeddings"
    model_id  = "cohere.embed-v4:0"
    geography = "eu"
  }

  assert {
    condition     = length(aws_bedrock_inference_profile.this) == 0 && output.environment["EMBEDDINGS_MODEL"] == "eu.cohere.embed-v4:0"
    error_message = "Models for embeddings are called themselves."
  }
}
