output "detector_id" {
  description = "GuardDuty detector; null where another environment of the account has it."
  value       = one(aws_guardduty_detector.this[*].id)
}
