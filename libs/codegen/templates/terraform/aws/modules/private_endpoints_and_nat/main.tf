module "nat" {
  source             = "../private_nat"
  name               = var.name
  size               = { azs = var.size.azs, nat_gateways = var.size.nat_gateways }
  subnet_zones       = var.subnet_zones
  cidr_block         = var.cidr_block
  log_key_arn        = var.log_key_arn
  log_retention_days = var.log_retention_days
}

# Images and logs are most of the traffic and cost a quarter a GB on this way.
module "endpoints" {
  source                     = "../interface_endpoints"
  name                       = var.name
  vpc_id                     = module.nat.vpc_id
  subnet_ids                 = slice(module.nat.private_subnet_ids, 0, max(1, min(var.size.azs, length(module.nat.private_subnet_ids))))
  workload_security_group_id = module.nat.workload_security_group_id
  interface_services         = ["ecr.api", "ecr.dkr", "logs"]
}
