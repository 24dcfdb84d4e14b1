resource "aws_bedrock_guardrail" "this" {
  name                      = "${var.name}-guardrail"
  description               = "Keeps questions and answers of ${var.name} in bounds"
  kms_key_arn               = var.kms_key_arn
  blocked_input_messaging   = "This question cannot be answered here."
  blocked_outputs_messaging = "The answer was held back."

  content_policy_config {
    dynamic "filters_config" {
      for_each = toset(["HATE", "INSULTS", "MISCONDUCT", "SEXUAL", "VIOLENCE"])

      content {
        type            = filters_config.value
        input_strength  = var.strength
        output_strength = var.strength
      }
    }

    # An attack is a property of the question; the service takes no strength for the answer.
    filters_config {
      type            = "PROMPT_ATTACK"
      input_strength  = "HIGH"
      output_strength = "NONE"
    }
  }

  sensitive_information_policy_config {
    dynamic "pii_entities_config" {
      for_each = toset(var.masked)

      content {
        type   = pii_entities_config.value
        action = "ANONYMIZE"
      }
    }
  }
}

# Applications name a version, so that a change of the guardrail is deployed like any other.
resource "aws_bedrock_guardrail_version" "this" {
  guardrail_arn = aws_bedrock_guardrail.this.guardrail_arn
  description   = "Strength ${lower(var.strength)}, ${length(var.masked)} kinds of personal data masked"
  skip_destroy  = true

  lifecycle {
    replace_triggered_by = [aws_bedrock_guardrail.this]
  }
}

data "aws_iam_policy_document" "apply" {
  statement {
    actions   = ["bedrock:ApplyGuardrail"]
    resources = [aws_bedrock_guardrail.this.guardrail_arn]
  }

  dynamic "statement" {
    for_each = var.kms_key_arn == null ? [] : [var.kms_key_arn]

    content {
      actions   = ["kms:Decrypt"]
      resources = [statement.value]
    }
  }
}

# A share, because what is many depends on how much is asked; of a few texts it says nothing.
resource "aws_cloudwatch_metric_alarm" "intervened" {
  alarm_name          = "${var.name}-guardrail-intervened"
  alarm_description   = "The guardrail holds back or masks more than ${var.intervened_pct} % of the texts: an attack, or a filter that is too strict."
  evaluation_periods  = 1
  threshold           = var.intervened_pct
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]

  metric_query {
    id          = "pct"
    expression  = "IF(texts >= ${var.least_texts}, 100 * FILL(intervened, 0) / texts, 0)"
    label       = "Texts held back or masked, %"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { intervened = "InvocationsIntervened", texts = "Invocations" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/Bedrock/Guardrails"
        metric_name = metric_query.value
        dimensions  = { GuardrailArn = aws_bedrock_guardrail.this.guardrail_arn, GuardrailVersion = aws_bedrock_guardrail_version.this.version }
        stat        = "Sum"
        period      = 900
      }
    }
  }
}
