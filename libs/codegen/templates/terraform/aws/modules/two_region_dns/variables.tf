variable "name" {
  description = "Prefix of every name: project and environment."
  type        = string
}

variable "enabled" {
  description = "Publish the service; false until it runs."
  type        = bool
}

variable "hosted_zone_id" {
  description = "Hosted zone of the service's name."
  type        = string
}

variable "service_name" {
  description = "Name that callers use, in that zone."
  type        = string
}

variable "regions" {
  description = "Of each region its load balancer and the alarm that tells that no task is healthy."
  type        = map(object({ region = string, dns_name = string, zone_id = string, health_alarm = string }))
}
