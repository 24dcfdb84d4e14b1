output "gateway" {
  description = "What a model service needs to be reached: the listener is null until there is a certificate."
  value = {
    listener_arn      = one(aws_lb_listener.https[*].arn)
    security_group_id = aws_security_group.this.id
    domain            = var.domain
    zone_id           = aws_route53_zone.this.zone_id
    dns_name          = aws_lb.this.dns_name
    dns_zone_id       = aws_lb.this.zone_id
    arn_suffix        = aws_lb.this.arn_suffix
  }
}
