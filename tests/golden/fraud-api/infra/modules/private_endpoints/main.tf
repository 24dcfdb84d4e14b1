module "vpc" {
  source             = "../vpc"
  name               = var.name
  cidr_block         = var.cidr_block
  azs                = max(var.subnet_zones, var.size.azs)
  log_key_arn        = var.log_key_arn
  log_retention_days = var.log_retention_days
}

module "endpoints" {
  source                     = "../interface_endpoints"
  name                       = var.name
  vpc_id                     = module.vpc.vpc_id
  subnet_ids                 = slice(module.vpc.private_subnet_ids, 0, var.size.azs)
  workload_security_group_id = module.vpc.workload_security_group_id
  interface_services         = var.interface_services
}
