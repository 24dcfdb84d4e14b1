# terraform test, without an account: the provider is mocked.
mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_resource "aws_bedrock_guardrail" {
    defaults = { guardrail_arn = "arn:aws:bedrock:us-east-1:123456789012:guardrail/abcdefghij12" }
  }

  mock_resource "aws_bedrock_guardrail_version" {
    defaults = { version = "3" }
  }
}

variables {
  name            = "example-dev"
  masked          = ["EMAIL", "NAME"]
  kms_key_arn     = null
  alarm_topic_arn = "arn:aws:sns:us-east-1:123456789012:example-dev-alerts"
}

run "the_alarm_is_about_a_share_of_enough_texts" {
  assert {
    condition = contains(
      aws_cloudwatch_metric_alarm.intervened.metric_query[*].expression,
      "IF(texts >= 20, 100 * FILL(intervened, 0) / texts, 0)",
    )
    error_message = "Half a dozen texts are no share, and no interventions are none."
  }

  assert {
    condition = alltrue(flatten([
      for query in aws_cloudwatch_metric_alarm.intervened.metric_query : [
        for metric in query.metric : metric.namespace == "AWS/Bedrock/Guardrails" && metric.dimensions["GuardrailVersion"] == "3"
      ]
    ]))
    error_message = "Both numbers are those of the version in use."
  }
}
